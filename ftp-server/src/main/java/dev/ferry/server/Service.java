package dev.ferry.server;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.server.audit.AuditLog;
import dev.ferry.transfer.Committer;

/**
 * What all connections of one server share.
 *
 * @param committer publishes files that arrive; one for all homes
 * @param durability what making, removing and moving promise about the disk
 */
record Service(
    Homes homes,
    Logins logins,
    Committer committer,
    Workers workers,
    Sources sources,
    Connections connections,
    Tickets tickets,
    SessionThreads threads,
    Encryption encryption,
    Durability durability,
    ServerTimes times,
    EventLog log,
    AuditLog audit) {}

package dev.ferry.server;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.transfer.Committer;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.tls.TlsContext;

/**
 * What all connections of one server share.
 *
 * @param committer publishes files that arrive; one for all homes
 * @param tls encrypts connections; null: they are not
 * @param binding what proofs of clients have to be made for
 * @param durability what making, removing and moving promise about the disk
 */
record Service(
    Homes homes,
    Logins logins,
    Committer committer,
    Workers workers,
    Connections connections,
    Tickets tickets,
    SessionThreads threads,
    TlsContext tls,
    Binding binding,
    Durability durability,
    ServerTimes times,
    EventLog log) {}

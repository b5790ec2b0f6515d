package dev.ferry.server;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.transfer.Committer;
import dev.ferry.transfer.Parts;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.tls.TlsContext;

/**
 * What all connections of one server share.
 *
 * @param committer publishes files that arrive; one for the tree
 * @param tls encrypts connections; null: they are not
 * @param role what an anonymous client may do
 * @param durability what making, removing and moving promise about the disk
 */
record Service(
    Tree tree,
    Parts parts,
    Committer committer,
    Workers workers,
    Connections connections,
    Tickets tickets,
    SessionThreads threads,
    TlsContext tls,
    Role role,
    Durability durability,
    ServerTimes times,
    EventLog log) {}

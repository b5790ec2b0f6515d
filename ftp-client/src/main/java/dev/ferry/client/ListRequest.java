package dev.ferry.client;

/**
 * What to list.
 *
 * @param recursive with everything below
 * @param hidden with names that begin with a dot
 */
public record ListRequest(RemotePath path, boolean recursive, boolean hidden) {}

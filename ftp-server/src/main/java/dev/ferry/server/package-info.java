/**
 * A Ferry server that can be embedded: it listens, holds one session per connection and serves one
 * folder tree.
 */
package dev.ferry.server;

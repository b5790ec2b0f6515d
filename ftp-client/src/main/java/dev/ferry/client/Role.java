package dev.ferry.client;

/** What one may do on a server (spec 5.2); each may do what the ones before it may. */
public enum Role {
  READER,
  /** Also puts, makes, moves and removes. */
  WRITER,
  /** Also manages. */
  ADMIN
}

package dev.ferry.server.account;

/** Who may make an account for themselves. */
public enum Registration {
  /** Nobody. */
  OFF,
  /** Who has an invitation. */
  INVITE,
  /** Everybody, as a reader of the whole root; who has an invitation, as it says. */
  OPEN
}

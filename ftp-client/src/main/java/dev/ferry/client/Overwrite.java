package dev.ferry.client;

/** What may be done to a target that differs from its source (spec 7.2). */
public enum Overwrite {
  NEVER,
  /** Replaced if the source's time is later. */
  NEWER,
  ALWAYS
}

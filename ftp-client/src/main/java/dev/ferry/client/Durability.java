package dev.ferry.client;

/** What must be on disk before a file counts as done (spec 7.2); safer ones come first. */
public enum Durability {
  /** Each file by itself. */
  FILE,
  /** Files are flushed together, before any of them is reported. */
  BATCH,
  /** Nothing: the operating system writes when it likes. */
  NONE
}

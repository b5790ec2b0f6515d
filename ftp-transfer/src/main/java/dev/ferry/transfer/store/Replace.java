package dev.ferry.transfer.store;

/** What a file may replace when it is published. Only regular files are ever replaced. */
public sealed interface Replace {
  /** Nothing: the file system itself refuses, whoever else writes at the same time. */
  Replace NEVER = new Nothing();

  /** Any regular file, or nothing. */
  Replace ALWAYS = new AnyFile();

  /**
   * The file that was looked at, unless it changed since; or nothing, if it is gone. Checked just
   * before the rename: between two processes a moment is left in which the last one wins.
   */
  static Replace only(Fingerprint seen) {
    return new OneFile(seen);
  }

  /** See {@link #NEVER}. */
  record Nothing() implements Replace {}

  /** See {@link #ALWAYS}. */
  record AnyFile() implements Replace {}

  /** See {@link #only}. */
  record OneFile(Fingerprint seen) implements Replace {}
}

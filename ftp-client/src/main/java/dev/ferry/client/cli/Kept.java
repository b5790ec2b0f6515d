package dev.ferry.client.cli;

import dev.ferry.client.RemoteFile;

/** Counts what is kept of listings, so that no server can fill the memory of this program. */
final class Kept {
  static final int MOST = 100_000;

  /** A quarter of the memory that {@code bin/ferry} allows. */
  private static final long MOST_BYTES = 32 << 20;

  private static final int FILE_BYTES = 160;
  private static final int NAME_BYTES = 64;

  private int files;
  private long bytes;

  /** Counts one more; false if there is no room for it. */
  boolean add(RemoteFile file) {
    files++;
    bytes += FILE_BYTES;
    for (String name : file.path().components()) {
      bytes += NAME_BYTES + 2L * name.length();
    }
    return files <= MOST && bytes <= MOST_BYTES;
  }

  void clear() {
    files = 0;
    bytes = 0;
  }
}

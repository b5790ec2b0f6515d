package dev.ferry.transfer.store;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * How much a file system holds, in bytes.
 *
 * @param total all of it
 * @param usable what this process may still write
 */
public record Space(long total, long usable) {
  // Where struct statfs has what is needed, on 64-bit machines.
  private static final int BLOCK_SIZE = 8;
  private static final int BLOCKS = 16;
  private static final int AVAILABLE = 32;
  private static final int FRAGMENT_SIZE = 72;

  static Space decode(MemorySegment statfs) {
    long fragment = statfs.get(JAVA_LONG, FRAGMENT_SIZE);
    long unit = fragment > 0 ? fragment : statfs.get(JAVA_LONG, BLOCK_SIZE);
    return new Space(unit * statfs.get(JAVA_LONG, BLOCKS), unit * statfs.get(JAVA_LONG, AVAILABLE));
  }
}

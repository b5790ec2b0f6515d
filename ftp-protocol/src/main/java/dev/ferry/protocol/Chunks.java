package dev.ferry.protocol;

/** How a file is cut into chunks (spec 8.1). */
public final class Chunks {
  /** The chunk of every file up to 256 GiB, in bytes. */
  public static final int SMALLEST = 256 << 10;

  private static final long MOST = 1L << 20;

  /** The largest file that can be sent, in bytes: 32 TiB. */
  public static final long LARGEST_FILE = MOST * Limits.LARGEST_CHUNK;

  private Chunks() {}

  /**
   * The size of all chunks but the last.
   *
   * @param fileSize in bytes, at most 32 TiB
   * @throws IllegalArgumentException if the file is larger
   */
  public static int sizeFor(long fileSize) {
    long size = SMALLEST;
    while (size * MOST < fileSize) {
      size *= 2;
      if (size > Limits.LARGEST_CHUNK) {
        throw new IllegalArgumentException("a file of more than 32 TiB: " + fileSize);
      }
    }
    return (int) size;
  }

  /** How many chunks a file has: 0 for an empty one, at most 2^20. */
  public static int count(long fileSize) {
    int size = sizeFor(fileSize);
    return Math.toIntExact((fileSize + size - 1) / size);
  }

  /** The length of the chunk that begins at this offset. */
  public static int lengthAt(long offset, long fileSize) {
    return (int) Math.min(sizeFor(fileSize), fileSize - offset);
  }
}

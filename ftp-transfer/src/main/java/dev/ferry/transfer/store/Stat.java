package dev.ferry.transfer.store;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.ferry.transfer.store.Attributes.Kind;
import java.lang.foreign.MemorySegment;

/**
 * The answer of statx(2).
 *
 * @param error 0, or minus the error number
 * @param mode kind and permission bits as in st_mode
 * @param changeNanos last change of anything, nanoseconds since 1970 UTC; nobody can set it back
 */
record Stat(
    int error,
    int mode,
    int user,
    long device,
    long file,
    long size,
    long mtimeNanos,
    long changeNanos) {

  private static final int KIND = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;
  private static final long NANOS = 1_000_000_000;
  private static final long LAST_SECOND = Long.MAX_VALUE / NANOS - 1;

  static Stat failed(int error) {
    return new Stat(error, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Reads struct statx. */
  static Stat decode(MemorySegment statx) {
    return new Stat(
        0,
        Short.toUnsignedInt(statx.get(JAVA_SHORT, 28)),
        statx.get(JAVA_INT, 20),
        ((long) statx.get(JAVA_INT, 136) << 32) | Integer.toUnsignedLong(statx.get(JAVA_INT, 140)),
        statx.get(JAVA_LONG, 32),
        statx.get(JAVA_LONG, 40),
        nanos(statx, 112),
        nanos(statx, 96));
  }

  private static long nanos(MemorySegment statx, long offset) {
    return nanos(statx.get(JAVA_LONG, offset), statx.get(JAVA_INT, offset + 8));
  }

  /**
   * Seconds and nanoseconds in one number; a time before 1678 or after 2262 becomes the nearest.
   */
  static long nanos(long seconds, int nanos) {
    if (seconds > LAST_SECOND) {
      return Long.MAX_VALUE;
    }
    return seconds < -LAST_SECOND ? Long.MIN_VALUE : seconds * NANOS + nanos;
  }

  Attributes attributes() {
    Fingerprint fingerprint = Fingerprint.of(device, file, changeNanos, size);
    return new Attributes(kind(), size, mtimeNanos, mode & 0777, fingerprint);
  }

  /** Whether both are answers about one and the same file or folder. */
  boolean isSameFileAs(Stat other) {
    return error == 0 && other.error == 0 && device == other.device && file == other.file;
  }

  Kind kind() {
    return kind(mode);
  }

  /** The kind that the upper bits of st_mode say. */
  static Kind kind(int mode) {
    return switch (mode & KIND) {
      case REGULAR -> Kind.FILE;
      case FOLDER -> Kind.FOLDER;
      case LINK -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }
}

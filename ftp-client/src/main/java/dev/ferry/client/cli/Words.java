package dev.ferry.client.cli;

import dev.ferry.client.FileKind;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Sizes, times and the like, as people read them. */
public final class Words {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter EXACT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern(" xxx")
          .toFormatter(Locale.ROOT);

  private Words() {}

  /** {@code 3.4 MiB}; below 1 KiB {@code 12 B}. */
  public static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1023.95 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return tenths(value) + " " + UNITS[unit];
  }

  /** {@code 1,234,567 bytes (1.2 MiB)}. */
  static String exactSize(long bytes) {
    String exact = count(bytes, "byte");
    return bytes < 1024 ? exact : exact + " (" + size(bytes) + ")";
  }

  /** {@code 4.2 MiB/s}. */
  public static String speed(long bytes, long nanos) {
    return size((long) (bytes * 1e9 / Math.max(1, nanos))) + "/s";
  }

  /** {@code 0.8 s}, {@code 2 min 5 s}, {@code 3 h 20 min}. */
  public static String duration(long nanos) {
    long seconds = nanos / 1_000_000_000;
    if (seconds < 60) {
      return tenths(nanos / 1e9) + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  /** {@code 12 files}. */
  public static String count(long number, String one) {
    return grouped(number) + " " + one + (number == 1 ? "" : "s");
  }

  // By hand, because the JDK's formatter begins with the numbers of all languages, which takes
  // longer
  // than a request.

  /** {@code 1,234,567}; not of negative numbers. */
  public static String grouped(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int i = digits.length() - 3; i > 0; i -= 3) {
      digits.insert(i, ',');
    }
    return digits.toString();
  }

  private static String tenths(double value) {
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10;
  }

  static String time(Instant time) {
    return MINUTE.format(time.atZone(ZoneId.systemDefault()));
  }

  static String exactTime(Instant time) {
    return EXACT.format(time.atZone(ZoneId.systemDefault()));
  }

  /** {@code rw-r--r--}. */
  static String mode(int mode) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int bit = 0; bit < 9; bit++) {
      if ((mode & (0400 >> bit)) == 0) {
        text.setCharAt(bit, '-');
      }
    }
    return text.toString();
  }

  static String kind(FileKind kind) {
    return switch (kind) {
      case FILE -> "file";
      case FOLDER -> "folder";
      case LINK -> "link";
      case OTHER -> "special file";
    };
  }

  /** The first character of a line of {@code ls -l}. */
  static char letter(FileKind kind) {
    return switch (kind) {
      case FILE -> '-';
      case FOLDER -> 'd';
      case LINK -> 'l';
      case OTHER -> '?';
    };
  }
}

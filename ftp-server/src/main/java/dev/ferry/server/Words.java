package dev.ferry.server;

import java.util.Locale;

/** How the log writes names of this program. */
final class Words {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int STEP = 1024;

  private Words() {}

  /** For people: bytes in the unit that fits, with at most one digit behind the point. */
  static String size(long bytes) {
    if (bytes < STEP) {
      return bytes + " bytes";
    }
    double amount = bytes;
    int unit = -1;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    String number = String.format(Locale.ROOT, "%.1f", Math.floor(amount * 10) / 10);
    return number.replace(".0", "") + " " + UNITS[unit];
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

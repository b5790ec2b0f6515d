package dev.ferry.server;

import java.util.Locale;

/** How the log writes names of this program. */
final class Words {
  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

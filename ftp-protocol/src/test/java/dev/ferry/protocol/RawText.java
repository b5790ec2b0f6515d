package dev.ferry.protocol;

/** What must never reach a terminal or a log, said anew, from the text of spec 4.1. */
final class RawText {
  private RawText() {}

  /** Whether something in it moves a cursor, turns the direction of writing, or hides. */
  static boolean isIn(String shown) {
    return shown.codePoints().anyMatch(RawText::isRaw);
  }

  private static boolean isRaw(int c) {
    return c < 0x20
        || (c >= 0x7F && c < 0xA0)
        || c == 0xAD
        || c == 0x61C
        || (c >= 0x200B && c <= 0x200F)
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2060 && c <= 0x206F)
        || (c >= 0xD800 && c <= 0xDFFF)
        || (c >= 0xE000 && c <= 0xF8FF)
        || (c >= 0xFE00 && c < 0xFE0F)
        || c == 0xFEFF
        || (c >= 0xFFF9 && c <= 0xFFFB)
        || c >= 0xE0000;
  }
}

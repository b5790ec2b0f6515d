package dev.ferry.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How many columns things take: the terminal has, and a text needs. */
public final class Width {
  private static final int USUAL = 80;

  private Width() {}

  /** Columns of the terminal of this process; 80 if it does not say. */
  static int ask() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(columns);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int width = Integer.parseInt(size.strip().replaceFirst(".* ", ""));
      return width > 0 ? width : USUAL;
    } catch (IOException | NumberFormatException _) {
      return USUAL;
    }
  }

  /** Columns that a text takes which went through Printable. */
  public static int of(String text) {
    int width = 0;
    int previous = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(previous)) {
      int c = text.codePointAt(i);
      width += of(c, previous);
      previous = c;
    }
    return width;
  }

  private static int of(int c, int previous) {
    if (c < 0x300) {
      return 1;
    }
    if (c == 0xFE0F) {
      return isWide(previous) ? 0 : 1;
    }
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> isModifier(c) && Character.isEmoji(previous) ? 0 : isWide(c) ? 2 : 1;
    };
  }

  private static boolean isModifier(int c) {
    return Character.isEmojiModifier(c);
  }

  /** East Asian wide and full-width characters, and what is shown as an emoji by itself. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0x303E)
        || (c >= 0x3041 && c <= 0xA4CF && c != 0x303F && !(c >= 0x4DC0 && c <= 0x4DFF))
        || (c >= 0xA960 && c <= 0xA97F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF01 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x17000 && c <= 0x18CFF)
        || (c >= 0x1AFF0 && c <= 0x1B2FF)
        || (c >= 0x20000 && c <= 0x3FFFD)
        || (Character.isEmojiPresentation(c) && !isRegional(c));
  }

  /** Two of them are one flag. */
  private static boolean isRegional(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }
}

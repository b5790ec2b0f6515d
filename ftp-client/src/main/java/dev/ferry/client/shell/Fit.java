package dev.ferry.client.shell;

import dev.ferry.client.cli.Width;

/** Makes printable text fit a number of cells of a terminal, wide characters counted as two. */
final class Fit {
  private static final String ELLIPSIS = "…";

  private Fit() {}

  /**
   * The text, or as much of its beginning as fits with an ellipsis.
   *
   * @param cells at least 0
   */
  static String clip(String text, int cells) {
    if (Width.of(text) <= cells) {
      return text;
    }
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      if (Width.of(text.substring(0, next)) > cells - 1) {
        break;
      }
      end = next;
    }
    return cells > 0 ? text.substring(0, end) + ELLIPSIS : "";
  }

  /** The text, or as much of its end as fits with an ellipsis before it. */
  static String clipStart(String text, int cells) {
    int start = 0;
    while (start < text.length() && Width.of(text.substring(start)) > cells - (start > 0 ? 1 : 0)) {
      start = text.offsetByCodePoints(start, 1);
    }
    return start == 0 ? text : ELLIPSIS + text.substring(start);
  }

  /** The text, filled with blanks on the right to so many cells; a longer one stays as it is. */
  static String padRight(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - Width.of(text)));
  }

  /** The text, filled with blanks on the left to so many cells; a longer one stays as it is. */
  static String padLeft(String text, int cells) {
    return " ".repeat(Math.max(0, cells - Width.of(text))) + text;
  }
}

package dev.ferry.protocol;

/**
 * The one printer of foreign text: names and messages that another machine chose (spec 4.1). What
 * it returns moves no cursor, turns no writing direction and hides nothing, so that a terminal, a
 * log and a person can trust what they see.
 *
 * <p>Escaped are: control characters (C0, DEL, C1), line and paragraph separators, format
 * characters (bidi controls, zero-width characters, the soft hyphen, tags), variation selectors,
 * blanks that look like a space or like nothing, unpaired surrogates, private and unassigned
 * characters, and a combining mark with nothing to stand on. A backslash is doubled, hence two
 * different texts never look the same by an escape.
 *
 * <p>Letters of all scripts, combining accents and emoji stay as they are. Two decisions: U+FE0F
 * stays where it turns a sign into an emoji (U+2764 U+FE0F, a red heart) and is escaped elsewhere;
 * the zero-width joiner is always escaped, so a family is shown as its members with an escape
 * between them, because nothing tells a joined pair that a terminal knows from one that it does
 * not.
 */
public final class Printable {
  private static final int EMOJI_PRESENTATION = 0xFE0F;
  private static final int IDEOGRAPHIC_SPACE = 0x3000;
  private static final int NONE = -1;

  private Printable() {}

  /**
   * For people: {@code \n}, {@code \t}, {@code \e} and their like as in C, others as a backslash,
   * {@code u} and the code point in braces.
   */
  public static String text(String foreign) {
    if (isPlain(foreign)) {
      return foreign;
    }
    StringBuilder out = new StringBuilder(foreign.length() + 16);
    appendText(foreign, out);
    return out.toString();
  }

  /**
   * For a value in a log line (logfmt): bare if it can be, else in quotes with {@code \"} for a
   * quote and the escapes of {@link #text}.
   */
  public static String quoted(String foreign) {
    StringBuilder out = new StringBuilder(foreign.length() + 16);
    appendText(foreign, out);
    if (isBare(foreign, out)) {
      return foreign;
    }
    for (int i = out.indexOf("\""); i >= 0; i = out.indexOf("\"", i + 2)) {
      out.insert(i, '\\');
    }
    return out.insert(0, '"').append('"').toString();
  }

  /** For machines: a JSON string with its quotes, from which a parser gets the exact text. */
  public static String json(String foreign) {
    if (isPlain(foreign) && foreign.indexOf('"') < 0) {
      return '"' + foreign + '"';
    }
    StringBuilder out = new StringBuilder(foreign.length() + 16).append('"');
    int previous = NONE;
    for (int i = 0; i < foreign.length(); i += Character.charCount(previous)) {
      int c = foreign.codePointAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').appendCodePoint(c);
      } else if (isVisible(c, previous)) {
        out.appendCodePoint(c);
      } else {
        for (char unit : Character.toChars(c)) {
          out.append("\\u%04x".formatted((int) unit));
        }
      }
      previous = c;
    }
    return out.append('"').toString();
  }

  private static void appendText(String foreign, StringBuilder out) {
    int previous = NONE;
    for (int i = 0; i < foreign.length(); i += Character.charCount(previous)) {
      int c = foreign.codePointAt(i);
      if (c == '\\') {
        out.append("\\\\");
      } else if (isVisible(c, previous)) {
        out.appendCodePoint(c);
      } else {
        out.append(escape(c));
      }
      previous = c;
    }
  }

  private static String escape(int c) {
    return switch (c) {
      case 0x07 -> "\\a";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case 0x0B -> "\\v";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      case 0x1B -> "\\e";
      default -> "\\u{" + Integer.toHexString(c) + "}";
    };
  }

  /** The common case, without an allocation. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBare(String text, CharSequence printed) {
    return !text.isEmpty()
        && text.contentEquals(printed)
        && text.codePoints().noneMatch(c -> c == '"' || c == '=' || Character.isSpaceChar(c));
  }

  /**
   * Whether this character shows itself and nothing else.
   *
   * @param previous the one before it, or {@link #NONE}
   */
  private static boolean isVisible(int c, int previous) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ' || c == IDEOGRAPHIC_SPACE;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          c == EMOJI_PRESENTATION ? becomesEmoji(previous) : !isBlank(c) && canCarry(previous);
      default -> !isBlank(c);
    };
  }

  /** Whether a combining mark may stand on this: on a mark too, since accents may be stacked. */
  private static boolean canCarry(int c) {
    return c > ' '
        && c != '\\'
        && Character.getType(c) != Character.CONTROL
        && Character.getType(c) != Character.FORMAT;
  }

  private static boolean becomesEmoji(int c) {
    return c > '~' && Character.isEmoji(c) && !Character.isEmojiPresentation(c);
  }

  /** Letters, marks and signs that show nothing, variation selectors among them. */
  private static boolean isBlank(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D159 -> true;
      default ->
          (c >= 0x180B && c <= 0x180F)
              || (c >= 0xFE00 && c <= 0xFE0F)
              || (c >= 0xE0100 && c <= 0xE01EF);
    };
  }
}

package dev.ferry.client.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Ferry's shell quoting: how a line of a batch file or of the shell falls into words.
 *
 * <p>Blanks separate words. Between single quotes everything stands for itself; between double
 * quotes everything but {@code \"} and {@code \\}; elsewhere a backslash makes the next character
 * stand for itself. A {@code #} where a word would begin starts a comment. Nothing is expanded.
 */
public final class ShellWords {
  private static final String SIGNS = "*?[]\\";

  private final String line;
  private final List<Word> words = new ArrayList<>();
  private int at;
  private char open;

  /**
   * A word.
   *
   * @param text in the syntax of patterns (spec 4.2): a sign that was quoted has a backslash before
   *     it
   * @param start where it begins in the line, its quotes included
   * @param end behind its last character
   */
  public record Word(String text, int start, int end) {}

  private ShellWords(String line) {
    this.line = line;
  }

  /** The words of a line; the last one may be empty only if it is quoted. */
  public static List<Word> split(String line) throws UsageException {
    ShellWords splitter = new ShellWords(line);
    splitter.run();
    if (splitter.open != 0) {
      throw new UsageException(
          "a quote (%c) is opened and never closed; write \\%c for the character itself"
              .formatted(splitter.open, splitter.open));
    }
    return splitter.words;
  }

  /** The same for a line that somebody is still typing: an open quote ends with the line. */
  public static List<Word> splitUnfinished(String line) {
    ShellWords splitter = new ShellWords(line);
    splitter.run();
    return splitter.words;
  }

  /** Writes a name so that it is read back as this one word. */
  public static String quote(String name) {
    if (!name.isEmpty() && name.codePoints().noneMatch(ShellWords::needsQuotes)) {
      return name;
    }
    return name.indexOf('\'') < 0
        ? "'" + name + "'"
        : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean needsQuotes(int character) {
    return character <= ' '
        || Character.isSpaceChar(character)
        || "'\"#!".indexOf(character) >= 0
        || SIGNS.indexOf(character) >= 0;
  }

  private void run() {
    while (skipBlanks()) {
      int start = at;
      String text = word();
      words.add(new Word(text, start, at));
    }
  }

  /** Whether a word begins behind the blanks. */
  private boolean skipBlanks() {
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at < line.length() && line.charAt(at) != '#';
  }

  private String word() {
    StringBuilder text = new StringBuilder();
    while (at < line.length() && (open != 0 || !isBlank(line.charAt(at)))) {
      char c = line.charAt(at++);
      if (open == 0 && (c == '\'' || c == '"')) {
        open = c;
      } else if (open != 0 && c == open) {
        open = 0;
      } else if (c == '\\' && isEscape()) {
        literal(text, line.charAt(at++));
      } else if (open != 0 || c == '\\') {
        literal(text, c);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private boolean isEscape() {
    if (at == line.length() || open == '\'') {
      return false;
    }
    return open == 0 || line.charAt(at) == '"' || line.charAt(at) == '\\';
  }

  private static void literal(StringBuilder text, char c) {
    if (SIGNS.indexOf(c) >= 0) {
      text.append('\\');
    }
    text.append(c);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}

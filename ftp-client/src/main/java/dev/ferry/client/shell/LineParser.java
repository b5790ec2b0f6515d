package dev.ferry.client.shell;

import dev.ferry.client.cli.ShellWords;
import dev.ferry.client.cli.UsageException;
import java.util.List;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Shows JLine a line as {@link ShellWords} reads it, up to the cursor: what follows the cursor does
 * not change when a word is completed. It accepts every line; whether a line makes sense is said
 * when it runs.
 */
final class LineParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    return typed(line.substring(0, context == ParseContext.COMPLETE ? cursor : line.length()));
  }

  /** What somebody has typed so far; the cursor stands behind it. */
  static TypedLine typed(String line) {
    List<ShellWords.Word> words = ShellWords.splitUnfinished(line);
    int behind = words.isEmpty() ? 0 : words.getLast().end();
    boolean inWord = !words.isEmpty() && behind == line.length();
    List<String> before =
        words.subList(0, inWord ? words.size() - 1 : words.size()).stream()
            .map(ShellWords.Word::text)
            .toList();
    boolean comment = line.substring(behind).contains("#");
    int start = inWord ? words.getLast().start() : line.length();
    String word = inWord ? words.getLast().text() : "";
    return new TypedLine(line, before, word, start, quote(line, start), comment);
  }

  /** The quote that the word at the end is written in, or 0. */
  private static char quote(String line, int start) {
    char open = openQuote(line);
    if (open != 0 || start == line.length()) {
      return open;
    }
    char first = line.charAt(start);
    return first == '"' || first == '\'' ? first : 0;
  }

  private static char openQuote(String line) {
    if (isWhole(line)) {
      return 0;
    }
    return isWhole(line + '\'') ? '\'' : '"';
  }

  private static boolean isWhole(String line) {
    try {
      ShellWords.split(line);
      return true;
    } catch (UsageException _) {
      return false;
    }
  }
}

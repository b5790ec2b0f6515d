package dev.ferry.client.shell;

import dev.ferry.protocol.Glob;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;

/**
 * A line being typed, the cursor at its end.
 *
 * @param line as typed
 * @param before the finished words, in the syntax of patterns
 * @param last the word at the cursor in the syntax of patterns, empty if a new one begins
 * @param start where that word begins in the line
 * @param quote the quote that it is written in, or 0
 * @param comment whether the cursor stands in a comment
 */
record TypedLine(
    String line, List<String> before, String last, int start, char quote, boolean comment)
    implements CompletingParsedLine {

  private static final String SIGNS = " \t'\"*?[]\\";

  /**
   * Whether the word at the cursor may stand for several names, so that there is no completing it.
   */
  boolean isPattern() {
    return Glob.isPattern(last);
  }

  /** The word at the cursor as it is meant; empty if it is a pattern. */
  @Override
  public String word() {
    return isPattern() ? "" : Glob.unescape(last);
  }

  @Override
  public int wordCursor() {
    return word().length();
  }

  @Override
  public int wordIndex() {
    return before.size();
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>(before);
    words.add(word());
    return words;
  }

  @Override
  public int cursor() {
    return line.length();
  }

  @Override
  public int rawWordCursor() {
    return line.length() - start;
  }

  @Override
  public int rawWordLength() {
    return rawWordCursor();
  }

  /** Writes a word the way the person began it: in quotes, or with backslashes. */
  @Override
  public CharSequence escape(CharSequence word, boolean complete) {
    StringBuilder out = new StringBuilder();
    if (quote != 0) {
      out.append(quote);
    }
    for (int i = 0; i < word.length(); i++) {
      append(out, word.charAt(i), i == 0);
    }
    if (quote != 0 && complete) {
      out.append(quote);
    }
    return out;
  }

  private void append(StringBuilder out, char c, boolean first) {
    if (quote == '\'') {
      out.append(c == '\'' ? "'\\''" : String.valueOf(c));
      return;
    }
    boolean sign =
        quote == '"' ? c == '"' || c == '\\' : SIGNS.indexOf(c) >= 0 || (first && c == '#');
    out.append(sign ? "\\" : "").append(c);
  }
}

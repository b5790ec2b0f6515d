package dev.ferry.client.shell;

import dev.ferry.protocol.Printable;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * Shows a line as it is typed: accents stay on their letters, and a character that would show
 * nothing or command the terminal has a mark in its place.
 */
final class VisibleHighlighter implements Highlighter {
  private static final char MARK = '\uFFFD';

  @Override
  public AttributedString highlight(LineReader reader, String line) {
    AttributedStringBuilder shown = new AttributedStringBuilder(line.length());
    String before = "";
    for (int i = 0; i < line.length(); i += before.length()) {
      String character = Character.toString(line.codePointAt(i));
      if (character.equals("\n") || isVisible(before, character)) {
        shown.append(character);
      } else {
        shown.append(MARK);
      }
      before = character;
    }
    return shown.toAttributedString();
  }

  private static boolean isVisible(String before, String character) {
    return character.equals("\\")
        || Printable.text(character).equals(character)
        || isMarkOn(before, character);
  }

  /** An accent, or what makes a sign an emoji. */
  private static boolean isMarkOn(String before, String character) {
    return !before.isEmpty()
        && Printable.text(before + character).equals(Printable.text(before) + character);
  }
}

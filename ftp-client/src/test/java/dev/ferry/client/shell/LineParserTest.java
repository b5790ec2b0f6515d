package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.RemotePath;
import dev.ferry.client.cli.ShellWords;
import dev.ferry.client.cli.UsageException;
import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LineParserTest {
  private static final List<String> STARTS = List.of("", "'", "\"");
  private static final int[] SIGNS =
      " \t'\"\\*?[]#!$&;|<>(){}~`-.港é🛟\u0301\u3000\u202e\n\u001b".codePoints().toArray();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "get dra, dra, 4",
        "`get `, ``, 4",
        "get drawer\\ 1, drawer 1, 4",
        "get 'drawer 1, drawer 1, 4",
        "get \"drawer 1, drawer 1, 4",
        "get 'drawer 1'/con, drawer 1/con, 4",
        "get dra\"wer 1, drawer 1, 4",
        "get a\\*b, a*b, 4",
        "get 'a*b, a*b, 4",
        "get 'it'\\''s, it's, 4",
      })
  void findsTheWordAtTheCursor(String line, String word, int start) {
    TypedLine typed = LineParser.typed(line);
    assertThat(typed.word()).isEqualTo(word);
    assertThat(typed.start()).isEqualTo(start);
    assertThat(typed.before()).containsExactly("get");
  }

  @Test
  void looksNoFurtherThanTheCursorWhenItCompletes() {
    CompletingParsedLine line =
        (CompletingParsedLine) new LineParser().parse("get hartxt", 7, ParseContext.COMPLETE);
    assertThat(line.word()).isEqualTo("har");
    assertThat(line.rawWordLength()).isEqualTo(3);
    assertThat(line.rawWordCursor()).isEqualTo(3);
  }

  @Test
  void acceptsEveryLine() {
    for (String line : List.of("", "'", "get 'a", "get \\", "# 'x", "\"\\")) {
      assertThat(new LineParser().parse(line, line.length(), ParseContext.ACCEPT_LINE)).isNotNull();
    }
  }

  @Test
  void completesNoPatternsAndNoComments() {
    assertThat(LineParser.typed("get *.tx").isPattern()).isTrue();
    assertThat(LineParser.typed("get '*.tx").isPattern()).isFalse();
    assertThat(LineParser.typed("get a # re").comment()).isTrue();
    assertThat(LineParser.typed("get a 'b # re").comment()).isFalse();
    assertThat(LineParser.typed("get a#re").comment()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "get a, drawer 1, get drawer\\ 1",
        "get 'a, drawer 1, get 'drawer 1'",
        "get \"a, drawer 1, get \"drawer 1\"",
        "get \"a, the \"star\", get \"the \\\"star\\\"\"",
        "get 'a, it's, get 'it'\\''s'",
        "get a, it's, get it\\'s",
        "get a, 洋山港.txt, get 洋山港.txt",
        "get a, lights & horns.txt, get lights\\ &\\ horns.txt",
      })
  void writesAWordTheWayItWasBegun(String line, String name, String completed) {
    assertThat(complete(line, name, true)).isEqualTo(completed);
  }

  @Test
  void leavesAQuoteOpenWhereTheWordGoesOn() {
    assertThat(complete("cd 'dra", "drawer 1/", false)).isEqualTo("cd 'drawer 1/");
    assertThat(complete("cd dra", "drawer 1/", false)).isEqualTo("cd drawer\\ 1/");
  }

  /** What completion writes, the commands read as exactly that name, however the word was begun. */
  @ParameterizedTest
  @MethodSource("names")
  void writesEveryNameSoThatItIsReadBack(String name) throws UsageException, BadNameException {
    for (String start : STARTS) {
      String line = complete("get " + start, name, true);
      assertThat(read(ShellWords.split(line))).as(line).isEqualTo(name);
      String half = complete("get " + start, Character.toString(name.codePointAt(0)), false);
      assertThat(read(ShellWords.split(complete(half, name, true)))).as(half).isEqualTo(name);
      String open = complete("get " + start, name + "/", false);
      assertThat(read(ShellWords.splitUnfinished(open))).as(open).isEqualTo(name);
      assertThat(LineParser.typed(open).word()).as(open).isEqualTo(name + "/");
    }
  }

  static Stream<String> names() {
    Random random = new Random(20261121);
    Stream<String> anything =
        Stream.generate(() -> random.ints(1 + random.nextInt(8), 0, SIGNS.length))
            .map(picks -> picks.mapToObj(i -> Character.toString(SIGNS[i])).toList())
            .map(letters -> String.join("", letters) + "x")
            .limit(500);
    return Stream.concat(
        Stream.of(
            "drawer 2 (stuck)",
            "The \"Star\" of Hong Kong.txt",
            "The Captain's Supper.txt",
            "⛴️ Ferry Cove timetable.csv",
            "维多利亚港",
            "a\\b",
            "#1",
            "[1]",
            "~",
            "-rf",
            "$HOME",
            "tab\tin it",
            "line\nin it"),
        anything);
  }

  private static String complete(String line, String value, boolean complete) {
    TypedLine typed = LineParser.typed(line);
    return line.substring(0, line.length() - typed.rawWordLength()) + typed.escape(value, complete);
  }

  private static String read(List<ShellWords.Word> words) throws BadNameException {
    assertThat(words).hasSize(2);
    RemotePath path = RemotePath.parse(TreePath.ROOT, words.getLast().text());
    assertThat(path.pattern()).isFalse();
    return path.path().components().getLast();
  }
}

package dev.ferry.client.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.client.cli.ShellWords;
import dev.ferry.client.cli.UsageException;
import dev.ferry.protocol.Glob;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.params.provider.MethodSource;

/** Any line may be typed and completed at any place; what completes it is one word. */
class LineParserFuzzTest {
  static Stream<byte[]> lines() {
    return Stream.of(
            "get 'a b\0it's",
            "get \"a \\\"\0b\"c\\",
            "ls a\\ \0*?[x]#",
            "put \0#a b",
            "\0-x",
            "'\0\t")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @FuzzTest
  void lines(byte[] input) throws UsageException {
    String[] texts = new String(input, UTF_8).split("\0", 2);
    typed(texts[0]);
    if (texts.length == 2 && !texts[1].isEmpty()) {
      completed(texts[0], texts[1]);
    }
  }

  private static boolean isWhole(String line) {
    try {
      ShellWords.split(line);
      return true;
    } catch (UsageException _) {
      return false;
    }
  }

  private static void typed(String line) throws UsageException {
    LineParser parser = new LineParser();
    for (int cursor = 0; cursor <= line.length(); cursor += 1 + line.length() / 8) {
      TypedLine parsed = (TypedLine) parser.parse(line, cursor, ParseContext.COMPLETE);
      assertThat(parsed.cursor()).isEqualTo(cursor);
      assertThat(parsed.start()).isBetween(0, cursor);
      assertThat(parsed.words()).hasSize(parsed.wordIndex() + 1);
    }
    if (isWhole(line)) {
      assertThat(ShellWords.splitUnfinished(line)).isEqualTo(ShellWords.split(line));
    }
  }

  /** A name put in the place of the last word of a line. */
  private static void completed(String line, String name) throws UsageException {
    TypedLine typed = LineParser.typed(line);
    if (typed.comment()) {
      return;
    }
    String whole = line.substring(0, typed.start()) + typed.escape(name, true);
    List<ShellWords.Word> words = ShellWords.split(whole);
    assertThat(words).hasSize(typed.wordIndex() + 1);
    assertThat(words.subList(0, typed.wordIndex()))
        .extracting(ShellWords.Word::text)
        .isEqualTo(typed.before());
    assertThat(Glob.isPattern(words.getLast().text())).isFalse();
    assertThat(Glob.unescape(words.getLast().text())).isEqualTo(name);
  }
}

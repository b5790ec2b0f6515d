package dev.ferry.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.client.cli.ShellWords.Word;
import dev.ferry.protocol.Glob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any line of a batch file falls into words or leaves a quote open, and no name, quoted, is more
 * than one word. An answer is one line and nothing of the next.
 */
class LineFuzzTest {
  static Stream<byte[]> lines() {
    return Stream.of(
            "get -r 'a b' \"c\\\"d\" e\\ f # no",
            "!rm; `id` | sh & $(x) \\",
            "'open",
            "\"open \\",
            "'a'\"b\"c*?[x]\\*",
            "\t''\"\"  x#y\r\nnext")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @FuzzTest
  void lines(byte[] input) throws IOException {
    String line = new String(input, UTF_8);
    split(line);
    assertThat(theOneWord(ShellWords.quote(line))).isEqualTo(line);
    answer(input);
  }

  private static void split(String line) {
    List<Word> unfinished = ShellWords.splitUnfinished(line);
    int end = 0;
    for (Word word : unfinished) {
      assertThat(word.start()).isGreaterThanOrEqualTo(end);
      assertThat(word.end()).isGreaterThan(word.start()).isLessThanOrEqualTo(line.length());
      end = word.end();
    }
    try {
      assertThat(ShellWords.split(line)).isEqualTo(unfinished);
    } catch (UsageException e) {
      assertThat(e.getMessage()).matches("a quote \\(['\"]\\) is opened and never closed; .*");
    }
  }

  private static String theOneWord(String quoted) throws UsageException {
    List<Word> words = ShellWords.split(quoted);
    assertThat(words).hasSize(1);
    assertThat(Glob.isPattern(words.getFirst().text())).isFalse();
    return Glob.unescape(words.getFirst().text());
  }

  private static void answer(byte[] input) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(input);
    String text = new String(input, UTF_8);
    if (!Arrays.equals(text.getBytes(UTF_8), input)) {
      return;
    }
    if (input.length > 8 << 10) {
      assertThatThrownBy(() -> InputLine.read(in)).isInstanceOf(IOException.class);
      return;
    }
    char[] read = InputLine.read(in);
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    assertThat(read == null ? null : new String(read))
        .isEqualTo(text.isEmpty() ? null : first.replaceFirst("\r$", ""));
    assertThat(new String(in.readAllBytes(), UTF_8))
        .isEqualTo(end < 0 ? "" : text.substring(end + 1));
  }
}

package dev.ferry.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a pattern, which matches what a second reading of spec 4.2 says. */
class GlobFuzzTest {
  static Stream<byte[]> patterns() {
    return Stream.of(
            "*.txt\0a.txt",
            "a*b*c\0aXbYbZc",
            "[!a-c]?\0de",
            "[]a]\\*\0]*",
            "[ab\0[ab",
            "\\\0\\",
            ".*\0.a",
            "*[\0x[",
            "[\\]-a]\0^",
            "[a-\\]]\0]",
            "\u4e2d?\0\u4e2d\uD83D\uDEA2")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @FuzzTest
  void patterns(byte[] input) {
    List<String> texts = AnyText.twoOf(input);
    String pattern = texts.getFirst();
    String name = texts.getLast();
    assertThat(Glob.matches(pattern, name)).isEqualTo(new Reading(pattern).matches(name));
    if (!Glob.isPattern(pattern)) {
      assertThat(Glob.matches(pattern, name)).isEqualTo(Glob.unescape(pattern).equals(name));
    }
    assertThat(Glob.isPattern(Glob.escape(name))).isFalse();
    assertThat(Glob.unescape(Glob.escape(name))).isEqualTo(name);
    assertThat(Glob.matches(Glob.escape(name), name)).isTrue();
  }

  /** The slow way: a table of which rests of the pattern match which rests of the name. */
  private static final class Reading {
    private final int[] pattern;

    Reading(String pattern) {
      this.pattern = pattern.codePoints().toArray();
    }

    boolean matches(String text) {
      int[] name = text.codePoints().toArray();
      if (name.length > 0 && name[0] == '.' && !beginsWithDot()) {
        return false;
      }
      boolean[] from = new boolean[name.length + 1];
      from[name.length] = true;
      boolean[][] rows = new boolean[pattern.length + 1][];
      rows[pattern.length] = from;
      for (int at = pattern.length - 1; at >= 0; at--) {
        rows[at] = row(at, name, rows);
      }
      return rows[0][0];
    }

    private boolean[] row(int at, int[] name, boolean[][] rows) {
      boolean[] row = new boolean[name.length + 1];
      if (pattern[at] == '*') {
        boolean any = false;
        for (int i = name.length; i >= 0; i--) {
          any |= rows[at + 1][i];
          row[i] = any;
        }
        return row;
      }
      int end = endOfSet(at);
      int next = end > 0 ? end + 1 : at + (isQuoted(at) ? 2 : 1);
      for (int i = 0; i < name.length; i++) {
        row[i] = rows[next][i + 1] && takes(at, end, name[i]);
      }
      return row;
    }

    private boolean takes(int at, int end, int character) {
      if (end > 0) {
        return isInSet(at + 1, end, character);
      }
      if (isQuoted(at)) {
        return pattern[at + 1] == character;
      }
      return pattern[at] == '?' || pattern[at] == character;
    }

    private boolean isQuoted(int at) {
      return pattern[at] == '\\' && at + 1 < pattern.length;
    }

    private boolean beginsWithDot() {
      return Arrays.equals(Arrays.copyOf(pattern, 1), new int[] {'.'})
          || (pattern.length > 1 && pattern[0] == '\\' && pattern[1] == '.');
    }

    /** Where the set that begins here is closed; 0: none begins here. */
    private int endOfSet(int at) {
      if (pattern[at] != '[') {
        return 0;
      }
      int members = at + 1;
      if (members < pattern.length && pattern[members] == '!') {
        members++;
      }
      int i = members;
      while (i < pattern.length && (pattern[i] != ']' || i == members)) {
        i = afterMember(i);
      }
      return i < pattern.length ? i : 0;
    }

    private int afterMember(int at) {
      int next = at + (isQuoted(at) ? 2 : 1);
      boolean range = next + 1 < pattern.length && pattern[next] == '-' && pattern[next + 1] != ']';
      return range ? next + 1 + (isQuoted(next + 1) ? 2 : 1) : next;
    }

    private boolean isInSet(int begin, int end, int character) {
      boolean outside = pattern[begin] == '!';
      int i = outside ? begin + 1 : begin;
      while (i < end) {
        int first = pattern[isQuoted(i) ? i + 1 : i];
        int after = i + (isQuoted(i) ? 2 : 1);
        int next = afterMember(i);
        int last = next == after ? first : pattern[next - 1];
        if (character >= first && character <= last) {
          return !outside;
        }
        i = next;
      }
      return outside;
    }
  }
}

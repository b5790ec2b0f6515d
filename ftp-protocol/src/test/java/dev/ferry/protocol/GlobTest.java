package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "a, a",
    "*, a",
    "*ab, aab",
    "*aab*, aaab",
    "*, abc",
    "a*, a",
    "a*c, abbbc",
    "*.txt, a.txt",
    "a*b*c, aXbYbZc",
    "**, a",
    "?, a",
    "?, 报",
    "?, 😀",
    "a?c, abc",
    "[abc], b",
    "[a-c], b",
    "[!a-c], d",
    "[a-cx-z]1, y1",
    "[]a], ]",
    "[!]a], b",
    "[a-], -",
    "[-a], -",
    "[😀-😂], 😁",
    "[\\]], ]",
    "[a\\-z], -",
    "\\*, *",
    "\\\\, \\",
    "a\\b, ab",
    "[ab, [ab",
    "[, [",
    "[], []",
    "[!], [!]",
    "a[b, a[b",
    "\\, \\",
    ".*, .hidden",
    "\\.a, .a",
    "*.*, a.b",
    "[[], [",
    "*[, x[",
    "[a]b[c, ab[c",
  })
  void matches(String pattern, String name) {
    assertThat(Glob.matches(pattern, name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, b", "a, A", "a, ab", "ab, a", "?, ab", "a?c, ac", "*.txt, a.txt.gz", "a*b*c, acb",
    "[abc], d", "[!a-c], b", "[z-a], m", "[a\\-z], m", "\\*, a", "\\?, a", "[ab, a", "[a-], m",
    "*, .hidden", "?a, .a", "[.]a, .a", "[!x]a, .a", "é, e\u0301", "[, x", "a[b, ab",
  })
  void doesNotMatch(String pattern, String name) {
    assertThat(Glob.matches(pattern, name)).isFalse();
  }

  @Test
  void anyNumberOfCharactersMayBeNone() {
    assertThat(Glob.matches("*", "")).isTrue();
    assertThat(Glob.matches("", "")).isTrue();
    assertThat(Glob.matches("?", "")).isFalse();
  }

  @Test
  void onePatternServesManyNames() {
    Glob glob = Glob.of("*.csv");
    assertThat(glob.matches("a.csv")).isTrue();
    assertThat(glob.matches("b.txt")).isFalse();
    assertThat(glob.matches("b.csv")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "a?", "[ab]", "[a-z]", "\\\\*", "[", "plain", "\\*", "a\\b", "[ab"})
  void aTextIsAPatternIfItMayMatchAnotherName(String text) {
    boolean expected = text.matches("\\*|a\\?|\\[ab]|\\[a-z]|\\\\\\\\\\*");
    assertThat(Glob.isPattern(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "*", "a?b", "[ab]", "[", "]", "\\", "\\*", "a\\", ".x", "报*😀", ""})
  void anEscapedNameMatchesJustItself(String name) {
    String pattern = Glob.escape(name);
    assertThat(Glob.isPattern(pattern)).isFalse();
    assertThat(Glob.matches(pattern, name)).isTrue();
    assertThat(Glob.unescape(pattern)).isEqualTo(name);
    assertThat(Glob.matches(pattern, name + "x")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a[1].txt, a[1].txt", "a*, a*", "\\*, *", "\\\\*, \\*", "a\\, a\\"})
  void aPatternIsUnescapedLikeAnyText(String pattern, String expected) {
    assertThat(Glob.unescape(pattern)).isEqualTo(expected);
  }

  @Test
  void anUnescapedNameMayBeOneThatIsNotAllowed() {
    assertThat(Glob.isPattern("\\.\\.")).isFalse();
    assertThat(Glob.unescape("\\.\\.")).isEqualTo("..");
  }

  @Test
  void manyStarsCostNoMoreThanTheirProduct() {
    String name = "a".repeat(20_000);
    String pattern = "a*".repeat(500) + "b";
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Glob.matches(pattern, name)).isFalse());
  }

  @Test
  void manyOpenBracketsAreReadOnce() {
    String pattern = "[".repeat(200_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(Glob.matches(pattern, pattern)).isTrue());
  }
}

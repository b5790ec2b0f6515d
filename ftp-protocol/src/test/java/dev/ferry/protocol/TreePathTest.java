package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lists of names are paths, and what can be done with one. */
class TreePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " ",
        "...",
        ".hidden",
        "..a",
        "a\tb\nc\\d",
        "\u0001\u007f",
        "naïve",
        "e\u0301",
        "文件",
        "\uD83D\uDE00",
        "\uFFFD",
        "x.ferry-staging",
        ".Ferry-staging",
        "C:",
        "con"
      })
  void ordinaryNamesAreTakenAsTheyAre(String name) throws BadNameException {
    assertThat(TreePath.of("x", name).components()).containsExactly("x", name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "/",
        "a/b",
        "/a",
        "a/",
        "../a",
        "a\0b",
        ".ferry-staging",
        ".ferry-staging-0",
        "\uD83D",
        "\uDE00",
        "\uD83Da",
        "a\uDE00\uD83D"
      })
  void namesThatAreNoneAreRefused(String name) {
    assertThatThrownBy(() -> TreePath.of("x", name)).isInstanceOf(BadNameException.class);
  }

  @Test
  void theComponentAtFaultIsReported() {
    BadNameException failure =
        catchThrowableOfType(BadNameException.class, () -> TreePath.of("a", "b", "..", ""));

    assertThat(failure.index()).isEqualTo(2);
    assertThat(failure).hasMessage("path component 3 \"..\" is not a name");
  }

  @Test
  void theMessageShowsNoRawControlCharacterAndStaysShort() {
    String hostile = "\u001b[2J\u202e\n" + "x".repeat(1000);

    BadNameException failure =
        catchThrowableOfType(BadNameException.class, () -> TreePath.of(hostile));

    assertThat(failure.getMessage()).doesNotContain("\u001b", "\u202e", "\n").contains("\\e[2J");
    assertThat(failure.getMessage()).hasSizeLessThan(250);
  }

  @ParameterizedTest
  @CsvSource({"x, 255", "é, 127", "文, 85", "😀, 63"})
  void nameLengthIsLimitedInBytes(String letter, int fits) throws BadNameException {
    String longest = letter.repeat(fits);
    assertThat(TreePath.of(longest).name()).isEqualTo(longest);
    assertThatThrownBy(() -> TreePath.of(longest + letter))
        .hasMessageEndingWith("bytes long, the limit is 255");
  }

  @Test
  void depthIsLimited() throws BadNameException {
    TreePath deepest = TreePath.of(Collections.nCopies(128, "a"));
    assertThat(deepest.components()).hasSize(128);
    assertThatThrownBy(() -> deepest.child("a"))
        .hasMessage("the path has 129 components, the limit is 128");
  }

  @Test
  void wholeLengthIsLimitedWithOneSeparatorForEachName() throws BadNameException {
    List<String> names = new ArrayList<>(Collections.nCopies(16, "n".repeat(255)));
    assertThat(TreePath.of(names).toString()).hasSize(4096);
    names.set(15, "n".repeat(254));
    List<String> longer = List.copyOf(names);
    assertThatThrownBy(() -> TreePath.of(longer).child("x"))
        .hasMessage("the path is 4097 bytes long, the limit is 4096");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "a/b, /base/dir/a/b",
    "'', /base/dir",
    "., /base/dir",
    ".., /base",
    "../../../.., /",
    "../x, /base/x",
    "/, /",
    "/.., /",
    "/a/../b, /b",
    "a//b/, /base/dir/a/b",
    "//a, /a",
    "./a/./b, /base/dir/a/b",
    "..., /base/dir/...",
    "a b, /base/dir/a b"
  })
  void typedTextIsResolvedLexically(String text, String expected) throws BadNameException {
    assertThat(TreePath.resolve(TreePath.of("base", "dir"), text)).hasToString(expected);
  }

  @Test
  void typedTextIsCheckedToo() {
    assertThatThrownBy(() -> TreePath.parse("/a/.ferry-staging/x"))
        .hasMessage("path component 2 \".ferry-staging\" is reserved for files in transfer");
  }

  @Test
  void navigationStaysInsideTheRoot() throws BadNameException {
    TreePath path = TreePath.of("a", "b");
    assertThat(path.name()).isEqualTo("b");
    assertThat(path.parent()).isEqualTo(TreePath.of("a"));
    assertThat(path.parent().parent()).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.ROOT.parent()).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.ROOT.name()).isEmpty();
    assertThat(TreePath.ROOT.isRoot()).isTrue();
    assertThat(TreePath.ROOT).hasToString("/");
  }

  @Test
  void pathsAreJoinedAndTakenApart() throws BadNameException {
    TreePath path = TreePath.of("a").append(TreePath.of("b", "c"));
    assertThat(path).isEqualTo(TreePath.parse("/a/b/c")).hasToString("/a/b/c");
    assertThat(path.from(1)).isEqualTo(TreePath.of("b", "c"));
    assertThat(path.from(3)).isEqualTo(TreePath.ROOT);
    assertThat(path.from(0)).isEqualTo(path);
  }

  @Test
  void anAncestorIsToldByNamesAndNotByText() throws BadNameException {
    TreePath alice = TreePath.of("home", "alice");
    assertThat(alice.startsWith(TreePath.of("home"))).isTrue();
    assertThat(alice.startsWith(alice)).isTrue();
    assertThat(alice.startsWith(TreePath.ROOT)).isTrue();
    assertThat(alice.startsWith(TreePath.of("home", "al"))).isFalse();
    assertThat(TreePath.of("home").startsWith(alice)).isFalse();
  }

  @Test
  void equalityIsByNames() throws BadNameException {
    assertThat(TreePath.of("a", "b"))
        .isEqualTo(TreePath.of("x", "a", "b").from(1))
        .hasSameHashCodeAs(TreePath.of("x", "a", "b").from(1))
        .isNotEqualTo(TreePath.of("a"))
        .isNotEqualTo(TreePath.of("a", "B"));
    assertThat(TreePath.of("e\u0301")).isNotEqualTo(TreePath.of("\u00e9"));
  }

  @Test
  void componentsCannotBeChanged() throws BadNameException {
    TreePath path = TreePath.of("a");
    assertThatThrownBy(() -> path.components().add("b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}

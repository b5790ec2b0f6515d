package dev.ferry.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a path below the root, printed as it is read, or a bad name that can be shown. */
class PathFuzzTest {
  static Stream<byte[]> paths() {
    return Stream.of(
            "/a/b",
            "a\0../../b",
            "//a/./b/",
            "\0.ferry-staging",
            "/\u4e2d\u6587\0..",
            "a\0\n\u202e")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @FuzzTest
  void paths(byte[] input) {
    List<String> texts = AnyText.twoOf(input);
    try {
      TreePath base = TreePath.parse(texts.getFirst());
      TreePath path = TreePath.resolve(base, texts.getLast());
      assertThat(path.components()).allMatch(PathFuzzTest::isName).isEqualTo(model(texts));
      assertThat(TreePath.parse(path.toString())).isEqualTo(path);
      assertThat(TreePath.of(path.components())).isEqualTo(path);
      assertThat(path.startsWith(path.parent())).isTrue();
    } catch (BadNameException e) {
      assertThat(RawText.isIn(e.getMessage())).as(e.getMessage()).isFalse();
    }
    printed(AnyText.of(input));
  }

  /** What two texts lead to, one behind the other. */
  private static List<String> model(List<String> texts) {
    boolean rooted = texts.getLast().startsWith("/");
    Deque<String> names = new ArrayDeque<>();
    for (String name : ((rooted ? "" : texts.getFirst() + "/") + texts.getLast()).split("/", -1)) {
      switch (name) {
        case "", "." -> {}
        case ".." -> names.pollLast();
        default -> names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static boolean isName(String name) {
    int bytes = name.getBytes(UTF_8).length;
    return bytes > 0
        && bytes <= 255
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && !name.startsWith(".ferry-staging")
        && new String(name.getBytes(UTF_8), UTF_8).equals(name);
  }

  private static void printed(String foreign) {
    assertThat(RawText.isIn(Printable.text(foreign))).isFalse();
    assertThat(RawText.isIn(Printable.quoted(foreign))).isFalse();
    assertThat(RawText.isIn(Printable.json(foreign))).isFalse();
    assertThat(unescaped(Printable.json(foreign))).isEqualTo(foreign);
  }

  /** What a reader of JSON makes of it. */
  private static String unescaped(String json) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < json.length() - 1; i++) {
      char c = json.charAt(i);
      if (c == '\\' && json.charAt(i + 1) == 'u') {
        text.append((char) Integer.parseInt(json.substring(i + 2, i + 6), 16));
        i += 5;
      } else {
        text.append(c == '\\' ? json.charAt(++i) : c);
      }
    }
    return text.toString();
  }
}

package dev.ferry.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a URL or a remote path that keeps to the rules for names, or neither. */
class UrlFuzzTest {
  /** What stands for bytes that are no UTF-8: half a character. */
  private static final char HALF = '\uD83D';

  static Stream<byte[]> urls() {
    return Stream.of(
            "ferry://alice@host:9021/a%20b/*.txt",
            "ferry://[::1%eth0]:1/../x/",
            "ferry+unix:al%69ce@/run/ferry.sock::/a/%2A",
            "FERRY://b\u00fccher.example/%C3%A4//./b",
            "ferry://host/%2e%2e/%00",
            "/a/\\*b/[ab]/..",
            "ferry://h/\uFFFD%41")
        .map(text -> text.getBytes(UTF_8));
  }

  @MethodSource
  @FuzzTest
  void urls(byte[] input) throws BadNameException {
    String text = new String(input, UTF_8).replace('\uFFFD', HALF);
    url(text);
    url("ferry://h/" + text);
    url("ferry+unix:" + text);
    remote(text);
  }

  private static void url(String text) throws BadNameException {
    FerryUrl url;
    try {
      url = FerryUrl.parse(text);
    } catch (BadUrlException e) {
      assertPlain(e.getMessage());
      return;
    }
    assertThat(FerryUrl.isUrl(text)).isTrue();
    assertThat(text.indexOf(HALF) >= 0 && !UTF_8.newEncoder().canEncode(text)).isFalse();
    assertSound(url.path());
    if (!url.path().pattern()) {
      assertThat(parsed("ferry://h" + escaped(url.path().components())).path().path())
          .isEqualTo(url.path().path());
    }
  }

  private static FerryUrl parsed(String text) {
    try {
      return FerryUrl.parse(text);
    } catch (BadUrlException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Everything with a percent sign. */
  private static String escaped(List<String> names) {
    HexFormat bytes = HexFormat.of().withPrefix("%");
    return names.stream()
        .map(name -> "/" + bytes.formatHex(name.getBytes(UTF_8)))
        .collect(Collectors.joining());
  }

  private static void remote(String text) throws BadNameException {
    RemotePath path;
    try {
      path = RemotePath.parse(TreePath.of("base"), text);
    } catch (BadNameException e) {
      assertPlain(e.getMessage());
      return;
    }
    assertSound(path);
    if (!path.pattern()) {
      String again =
          path.components().stream().map(Glob::escape).collect(Collectors.joining("/", "/", ""));
      assertThat(RemotePath.parse(TreePath.ROOT, again).path()).isEqualTo(path.path());
    }
  }

  private static void assertSound(RemotePath path) throws BadNameException {
    assertThat(TreePath.of(path.components()).components()).isEqualTo(path.components());
    assertThat(path.components().stream().anyMatch(Glob::isPattern) || !path.pattern()).isTrue();
    assertThat(path.contents() && !path.folder()).isFalse();
  }

  /** The message may quote; what it quotes is printed. */
  private static void assertPlain(String message) {
    String slashed = message.replace('\\', '/');
    assertThat(Printable.text(slashed)).isEqualTo(slashed);
  }
}

package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemotePathTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".        | /here/now",
        "a        | /here/now/a",
        "a/       | /here/now/a/",
        "/a       | /a",
        "..       | /here",
        "../../.. | /",
        "../b     | /here/b",
        "a\\*b    | /here/now/a*b",
        "\\[x\\]  | /here/now/[x]",
        "\\\\t    | /here/now/\\t",
      })
  void isSeenFromTheCurrentFolder(String text, String path) throws Exception {
    RemotePath parsed = RemotePath.parse(TreePath.of("here", "now"), text);

    assertThat(parsed.pattern()).isFalse();
    assertThat(parsed.toString().replaceFirst("(?<=.)/$", ""))
        .isEqualTo(path.replaceFirst("(?<=.)/$", ""));
    assertThat(parsed.folder()).isEqualTo(text.endsWith("/") || text.endsWith("."));
  }

  @Test
  void keepsTheNamesOfTheCurrentFolderLiteralBesideAPattern() throws Exception {
    RemotePath parsed = RemotePath.parse(TreePath.of("a*b"), "[cd]?");

    assertThat(parsed.pattern()).isTrue();
    assertThat(parsed.components()).containsExactly("a\\*b", "[cd]?");
  }

  @Test
  void hasNoNameWhereItsContentsAreMeant() throws Exception {
    assertThat(RemotePath.parse(TreePath.of("a"), ".").name()).isEmpty();
    assertThat(RemotePath.parse(TreePath.of("a"), "b/").name()).isEqualTo("b");
  }

  @Test
  void refusesNamesThatFerryDoesNotCarry() {
    assertThatThrownBy(() -> RemotePath.parse(TreePath.ROOT, "a/" + "x".repeat(256)))
        .isInstanceOf(BadNameException.class);
    assertThatThrownBy(() -> RemotePath.parse(TreePath.ROOT, TreePath.STAGING_NAME))
        .isInstanceOf(BadNameException.class);
  }
}

package dev.ferry.transfer.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names as people and other programs make them. */
class NamesOnDiskTest extends TreeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tab\there",
        "back\\slash",
        "new\nline",
        "\u0001\u001b[2J",
        " ",
        " leading and trailing ",
        "'\"`$(x);|&*?[]{}!#~",
        "-rf",
        "...",
        ".hidden",
        "名字",
        "na\u0308ive and n\u00e4ive",
        "\uD83D\uDEA2 ferry",
        "\uFFFD",
        "\u202Eabc"
      })
  void oddNamesAreOrdinary(String name) throws IOException {
    TreePath odd = TreePath.of(name);

    tree.makeFolder(odd);
    try (Staged staged = stage("text")) {
      staged.publish(odd.child(name), Replace.NEVER);
    }
    tree.rename(odd.child(name), odd.child(name + "2"));

    assertThat(names("/")).containsExactly(name);
    try (Source source = tree.open(odd.child(name + "2"))) {
      assertThat(source.attributes().size()).isEqualTo(4);
    }
    assertThat(Files.readString(root.resolve(name).resolve(name + "2"))).isEqualTo("text");
    assertThat(tree.removeAll(odd)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "文", "😀"})
  void theLongestNamesFit(String letter) throws IOException {
    int bytes = letter.getBytes(UTF_8).length;
    String name = letter.repeat(255 / bytes) + "x".repeat(255 % bytes);

    publish("text", "/" + name, Replace.NEVER);
    publish("again", "/" + name, Replace.ALWAYS);

    assertThat(names("/")).containsExactly(name);
    assertThat(tree.stat(TreePath.of(name)).size()).isEqualTo(5);
  }

  @Test
  void theDeepestPathIsUsable() throws IOException {
    TreePath deepest = TreePath.ROOT;
    for (int depth = 1; depth < TreePath.MAX_COMPONENTS; depth++) {
      deepest = deepest.child("d".repeat(30));
      tree.makeFolder(deepest);
    }
    publish("x", deepest.child("file").toString(), Replace.NEVER);

    assertThat(tree.stat(deepest.child("file")).size()).isEqualTo(1);
    assertThat(tree.removeAll(TreePath.of("d".repeat(30)))).isEqualTo(128);
  }

  @Test
  void aNameThatIsNotUtf8IsReportedAndTheOthersAreListed() throws IOException {
    byte[] bad = (root + "/caf\u00e9").getBytes(ISO_8859_1);
    write("before", "");
    Native.makeFile(bad);
    write("\uFFFD", "");

    assertThat(list("/")).hasSize(3);
    assertThat(list("/"))
        .filteredOn(Listing.Unreadable.class::isInstance)
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.name()).isEqualTo("caf\uFFFD");
              assertThat(((Listing.Unreadable) item).why()).isInstanceOf(BadNameException.class);
            });
    assertThat(tree.stat(TreePath.of("\uFFFD")).isFile()).isTrue();
  }

  @Test
  void aFolderWithANameThatIsNotUtf8IsNotRemovedAndSaysWhy() throws IOException {
    folder("d");
    Native.makeFile((root + "/d/caf\u00e9").getBytes(ISO_8859_1));

    assertThatThrownBy(() -> tree.removeAll(path("/d")))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BAD_NAME))
        .hasMessageStartingWith("/d/caf")
        .hasMessageEndingWith("is not valid UTF-8; remove it by other means");
  }
}

package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links lead nowhere: not out of the tree, and not within it. */
class ConfinementTest extends TreeTest {
  private Canary canary;

  @BeforeEach
  void plantCanary() throws IOException {
    canary = Canary.plant(temp.resolve("outside"));
  }

  @AfterEach
  void canaryIsUntouched() throws IOException {
    canary.assertUntouched();
  }

  /** Something to do with a name in a folder. */
  interface Operation {
    void run(TreePath folder) throws IOException;
  }

  /** Every operation that takes a path, on what the canary has under that name. */
  private Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("stat", folder -> tree.stat(folder.child("file")));
    all.put("list", folder -> tree.list(folder).close());
    all.put("list below", folder -> tree.list(folder.child("folder")).close());
    all.put("makeFolder", folder -> tree.makeFolder(folder.child("new")));
    all.put("remove file", folder -> tree.remove(folder.child("file")));
    all.put("remove folder", folder -> tree.remove(folder.child("empty")));
    all.put("removeAll", folder -> tree.removeAll(folder.child("folder")));
    all.put("rename out", folder -> tree.rename(path("/mine"), folder.child("new")));
    all.put("rename in", folder -> tree.rename(folder.child("file"), path("/theirs")));
    all.put("open", folder -> tree.open(folder.child("file")).close());
    all.put("publish", folder -> publish("x", folder.child("new").toString(), Replace.NEVER));
    all.put("replace", folder -> publish("x", folder.child("file").toString(), Replace.ALWAYS));
    all.put("set attributes", folder -> tree.setFolderAttributes(folder, 0, 0700));
    all.put("set attributes below", f -> tree.setFolderAttributes(f.child("folder"), 0, 0700));
    all.put("force", tree::force);
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aLinkAtAnyDepthStopsEveryOperation(int depth) throws IOException {
    write("mine", "");
    TreePath link = path("/" + "d/".repeat(depth - 1) + "link");
    folder("d/".repeat(depth - 1));
    Files.createSymbolicLink(root.resolve(link.from(0).toString().substring(1)), canary.folder());

    for (Map.Entry<String, Operation> operation : operations().entrySet()) {
      assertThatThrownBy(() -> operation.getValue().run(link))
          .as(operation.getKey())
          .isInstanceOfSatisfying(
              TreeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.LINK))
          .hasMessage(link + ": is a link; Ferry does not follow links");
    }
    assertThat(root.resolve("mine")).exists();
    assertThat(root.resolve("theirs")).doesNotExist();
  }

  @Test
  void linksWithinTheTreeAreNotFollowedEither() throws IOException {
    folder("real");
    write("real/file", "");
    Files.createSymbolicLink(root.resolve("relative"), Path.of("real"));
    Files.createSymbolicLink(root.resolve("up"), Path.of("real/.."));

    assertThatThrownBy(() -> tree.stat(path("/relative/file")))
        .hasMessageStartingWith("/relative: is a link");
    assertThatThrownBy(() -> tree.list(path("/up"))).hasMessageStartingWith("/up: is a link");
  }

  @Test
  void removingAFolderRemovesLinksInItAndNotWhatTheyPointTo() throws IOException {
    folder("d/e");
    Files.createSymbolicLink(root.resolve("d/e/link"), canary.folder());
    Files.createSymbolicLink(root.resolve("d/link"), canary.folder().resolve("file"));
    Files.createSymbolicLink(root.resolve("d/self"), Path.of("."));

    assertThat(tree.removeAll(path("/d"))).isEqualTo(5);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aLinkIsMovedAndNotWhatItPointsTo() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), canary.folder());
    tree.rename(path("/a"), path("/b"));
    assertThat(root.resolve("b")).isSymbolicLink();
    tree.remove(path("/b"));
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aHardLinkToAFileOutsideIsReplacedAndNotWrittenTo() throws IOException {
    Files.createLink(root.resolve("file"), canary.folder().resolve("file"));
    canary = canary.now();

    publish("x", "/file", Replace.ALWAYS);
    tree.makeFolder(path("/d"));
    tree.rename(path("/file"), path("/d/file"));
    tree.removeAll(path("/d"));

    canary.assertSameContent();
    canary = canary.now();
  }

  @Test
  void anotherFileSystemBelowTheRootIsNotEntered() throws IOException {
    try (Tree top = confinement.open(Path.of("/"))) {
      String message = "/proc: is on another file system; Ferry does not leave the one of its root";
      assertThatThrownBy(() -> top.list(TreePath.of("proc")))
          .isInstanceOfSatisfying(
              TreeException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.OTHER_FILE_SYSTEM))
          .hasMessage(message);
      assertThatThrownBy(() -> top.open(TreePath.of("proc", "self", "status"))).hasMessage(message);
    }
  }

  @Test
  void theRootMayBeReachedThroughALink() throws IOException {
    write("file", "text");
    Path link = Files.createSymbolicLink(temp.resolve("link"), root);
    try (Tree other = Trees.open(link, true)) {
      assertThat(other.stat(path("/file")).size()).isEqualTo(4);
    }
  }
}

package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What making, removing and moving promise about the disk: the folders they changed are on it. */
class DurableRequestsTest {
  @TempDir Path root;
  private final List<String> forced = new ArrayList<>();
  private Tree tree;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.createFile(root.resolve("a/file"));
    Tree real = Trees.open(root, true);
    tree =
        new TreeLayer(real) {
          @Override
          public void force(TreePath folder) throws IOException {
            super.force(folder);
            forced.add(folder.toString());
          }
        };
  }

  @AfterEach
  void close() {
    tree.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"FILE", "BATCH"})
  void changedFoldersAreForced(Durability durability) throws IOException {
    TreeRequests requests = new TreeRequests(tree, durability);
    requests.makeFolder(new Frame.MakeFolder(false, List.of("a", "new")));
    assertThat(forced).containsExactly("/a");
    forced.clear();
    requests.makeFolder(new Frame.MakeFolder(true, List.of("a", "x", "y")));
    assertThat(forced).containsExactly("/a", "/a/x");
    forced.clear();
    requests.rename(new Frame.Rename(List.of("a", "file"), List.of("moved")));
    assertThat(forced).containsExactlyInAnyOrder("/", "/a");
    forced.clear();
    requests.rename(new Frame.Rename(List.of("moved"), List.of("again")));
    assertThat(forced).containsExactly("/");
    forced.clear();
    requests.remove(new Frame.Remove(false, List.of("again")));
    requests.remove(new Frame.Remove(true, List.of("a", "b")));
    assertThat(forced).containsExactly("/", "/a");
  }

  @Test
  void nothingIsForcedWhereNothingIsPromised() throws IOException {
    TreeRequests requests = new TreeRequests(tree, Durability.NONE);
    requests.makeFolder(new Frame.MakeFolder(true, List.of("a", "x", "y")));
    requests.rename(new Frame.Rename(List.of("a", "file"), List.of("moved")));
    requests.remove(new Frame.Remove(true, List.of("a")));
    assertThat(forced).isEmpty();
  }
}

package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a tree behind handles can promise. */
class KernelTreeTest {
  @TempDir Path temp;
  private Path root;
  private Tree tree;

  @BeforeEach
  void openTree() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    tree = Trees.open(root, false);
  }

  @AfterEach
  void closeTree() {
    tree.close();
  }

  @Test
  void itIsTheFirstChoice() {
    assertThat(tree.confinement()).isEqualTo("openat2");
  }

  @Test
  void openingReadsAndWritesNothing() throws IOException {
    Files.createFile(root.resolve("a"));
    var before = Files.getLastModifiedTime(root);
    Trees.open(root, false).close();
    assertThat(Files.getLastModifiedTime(root)).isEqualTo(before);
  }

  @Test
  void theRootMustBeAFolder() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> Trees.open(file, true))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage(file + ": is not a folder");
    assertThatThrownBy(() -> Trees.open(temp.resolve("x"), true))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theRootIsFollowedWhereItIsMoved() throws IOException {
    Files.writeString(root.resolve("a"), "text");
    Path moved = Files.move(root, temp.resolve("moved"));
    Files.createDirectory(root);

    assertThat(tree.stat(TreePath.of("a")).size()).isEqualTo(4);
    tree.makeFolder(TreePath.of("b"));
    assertThat(moved.resolve("b")).isDirectory();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void theLongestPathIsUsable() throws IOException {
    TreePath longest = TreePath.ROOT;
    for (int depth = 1; depth <= 16; depth++) {
      longest = longest.child(Character.toString('a' + depth).repeat(255));
      tree.makeFolder(longest);
    }
    assertThat(longest.toString()).hasSize(TreePath.MAX_BYTES);

    tree.setFolderAttributes(longest, 5, 0700);
    assertThat(tree.stat(longest).mtimeNanos()).isEqualTo(5);
    tree.rename(longest, TreePath.of("short"));
    tree.rename(TreePath.of("short"), longest);
    tree.list(longest).close();

    assertThat(tree.removeAll(TreePath.of("b".repeat(255)))).isEqualTo(16);
  }

  @Test
  void aClosedTreeDoesNothingMore() throws IOException {
    tree.close();
    tree.close();
    assertThatThrownBy(() -> tree.stat(TreePath.ROOT)).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> tree.stage()).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aClosedListingSaysSo() throws IOException {
    Listing listing = tree.list(TreePath.ROOT);
    listing.close();
    listing.close();
    assertThatThrownBy(listing::next).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void anInterruptDoesNotCloseAFile() throws IOException {
    Files.writeString(root.resolve("a"), "text");
    try (Source source = tree.open(TreePath.of("a"))) {
      Thread.currentThread().interrupt();
      assertThat(source.read(ByteBuffer.allocate(4), 0)).isEqualTo(4);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(source.read(ByteBuffer.allocate(4), 0)).isEqualTo(4);
    }
  }

  @Test
  void noDescriptorIsLostWhateverHappens() throws IOException {
    everything();
    long before = descriptors();
    for (int i = 0; i < 500; i++) {
      everything();
    }
    assertThat(descriptors()).isEqualTo(before);
  }

  /** About 20 operations, half of which fail. */
  private void everything() throws IOException {
    TreePath folder = TreePath.of("d");
    TreePath file = folder.child("f");
    tree.makeFolder(folder);
    for (int round = 0; round < 2; round++) {
      try (Staged staged = tree.stage()) {
        staged.write(ByteBuffer.allocate(10), 0);
        staged.publish(file, round == 0 ? Replace.NEVER : Replace.ALWAYS);
      }
    }
    tree.open(file).close();
    try (Listing listing = tree.list(folder)) {
      listing.next();
    }
    tree.setFolderAttributes(folder, 0, 0700);
    assertThatThrownBy(() -> tree.open(folder)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.list(file)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.stat(file.child("x"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.rename(folder, file.child("x"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.rename(file, file.child("x"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tree.remove(folder)).isInstanceOf(IOException.class);
    try (Staged staged = tree.stage()) {
      assertThatThrownBy(() -> staged.publish(file, Replace.NEVER)).isInstanceOf(IOException.class);
    }
    tree.stat(file);
    tree.removeAll(folder);
    Trees.open(root, false).close();
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }
}

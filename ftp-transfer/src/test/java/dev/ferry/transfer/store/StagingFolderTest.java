package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The folder in which staged files are kept. */
class StagingFolderTest extends TreeTest {
  private Path staging;

  @BeforeEach
  void nameStaging() {
    staging = root.resolve(".ferry-staging");
  }

  @Test
  void itIsMadeOnDemandAndRemovedWhenEmpty() throws IOException {
    assertThat(staging).doesNotExist();
    publish("text", "/a", Replace.NEVER);
    assertThat(staging).isEmptyDirectory();
    tree.close();
    assertThat(staging).doesNotExist();
    assertThat(root.resolve("a")).exists();
  }

  @Test
  void aTreeThatStagedNothingLeavesItAlone() throws IOException {
    folder(".ferry-staging");
    tree.close();
    assertThat(staging).exists();
  }

  @Test
  void twoTreesShareItAndEitherMayGoFirst() throws IOException {
    Tree other = confinement.open(root);
    try (Staged staged = other.stage()) {
      publish("one", "/a", Replace.NEVER);
      tree.close();
      staged.write(bytes("two"), 0);
      staged.publish(path("/b"), Replace.NEVER);
    }
    other.close();
    assertThat(root.resolve("a")).hasContent("one");
    assertThat(root.resolve("b")).hasContent("two");
    assertThat(staging).doesNotExist();
  }

  @Test
  void itIsMadeAgainWhenAnotherRemovedIt() throws IOException {
    publish("one", "/a", Replace.NEVER);
    Files.delete(staging);
    publish("two", "/b", Replace.NEVER);
    assertThat(root.resolve("b")).hasContent("two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxr-x---", "rwx-----x"})
  void aFolderThatOthersCanEnterIsRefused(String permissions) throws IOException {
    Files.createDirectory(staging);
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString(permissions));
    assertUnsafe();
    assertThat(staging).isEmptyDirectory();
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(staging, elsewhere);
    assertUnsafe();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aFileIsRefused() throws IOException {
    Files.createFile(staging);
    assertUnsafe();
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    assumeTrue(Kernel.userId() == 0, "only root can give a folder away");
    Files.createDirectory(staging);
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));
    Files.setAttribute(staging, "unix:uid", 65534);
    assertUnsafe();
  }

  /** Files are staged elsewhere then, and nowhere if that is taken as well. */
  private void assertUnsafe() throws IOException {
    Path ours;
    try (Staged staged = tree.stage()) {
      ours = ours();
      assertThat(ours.resolve(staged.name())).exists();
      assertThat(names("/")).isEmpty();
    }
    tree.close();
    tree = confinement.open(root);
    Files.writeString(ours, "in the way");
    assertThatThrownBy(() -> tree.stage())
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.STAGING))
        .hasMessageContaining("files in transfer cannot be kept there safely");
  }

  /** The folder that belongs to this user alone. */
  private Path ours() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.filter(path -> path.getFileName().toString().startsWith(".ferry-staging-"))
          .findAny()
          .orElseThrow();
    }
  }

  @Test
  void aKeptFileIsTakenUpByName() throws IOException {
    String name;
    try (Staged staged = stage("half")) {
      staged.keep();
      name = staged.name();
    }
    tree.close();
    assertThat(staging.resolve(name)).hasContent("half");

    ByteBuffer buffer = ByteBuffer.allocate(4);
    try (Tree again = confinement.open(root);
        Staged staged = again.stage(name)) {
      assertThat(staged.size()).isEqualTo(4);
      assertThat(staged.read(buffer, 0)).isEqualTo(4);
    }
    assertThat(buffer.flip()).isEqualTo(bytes("half"));
    assertThat(staging).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", ".a", "a/b", "../a", "A", "a\0", "é"})
  void namesOfStagedFilesAreNarrow(String name) {
    assertThatThrownBy(() -> tree.stage(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void staleFilesAreCollected() throws IOException {
    try (Staged left = tree.stage("left")) {
      left.keep();
      left.setAttributes(0, 0600);
    }
    assertThat(tree.collectStale(Duration.ofHours(1))).isZero();

    try (Staged mine = stage("in use")) {
      assertThat(tree.collectStale(Duration.ZERO)).isEqualTo(1);
      assertThat(staging.resolve(mine.name())).exists();
    }
    assertThat(staging).isEmptyDirectory();
  }

  @Test
  void whatAProcessThatWasKilledHasLeftIsCollectedOnceNobodyElseIsThere() throws IOException {
    if (!tree.confinement().equals("openat2")) {
      return; // folders cannot be locked there
    }
    try (Staged part = tree.stage("part");
        Staged passing = stage("of no use any more")) {
      part.keep();
      passing.keep();
    }
    Tree other = confinement.open(root);
    Staged busy = other.stage();
    assertThat(tree.collectStale(Duration.ofHours(1))).isZero();

    busy.close();
    other.close();
    assertThat(tree.collectStale(Duration.ofHours(1))).isEqualTo(1);
    assertThat(staging).isDirectoryContaining(file -> file.endsWith("part"));
    publish("still works", "/a", Replace.NEVER);
    assertThat(tree.collectStale(Duration.ZERO)).isEqualTo(1);
    assertThat(staging).doesNotExist();
    publish("still works", "/b", Replace.NEVER);
  }

  @Test
  void withoutAStagingFolderNothingIsCollected() throws IOException {
    assertThat(tree.collectStale(Duration.ZERO)).isZero();
    assertThat(staging).doesNotExist();
  }

  @Test
  void anEmptyOneOfAnotherTreeDoesNotKeepAFolder() throws IOException {
    folder("a/b/.ferry-staging");
    folder("c/.ferry-staging");

    tree.removeAll(path("/a"));
    tree.remove(path("/c"));

    assertThat(names("/")).isEmpty();
  }

  @Test
  void aFullOneOfAnotherTreeIsLeftAlone() throws IOException {
    folder("a/.ferry-staging");
    write("a/.ferry-staging/part", "precious");
    write("a/file", "");

    assertThatThrownBy(() -> tree.removeAll(path("/a")))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage("/a: files are just being transferred into it");
    assertThat(root.resolve("a/.ferry-staging/part")).hasContent("precious");
  }
}

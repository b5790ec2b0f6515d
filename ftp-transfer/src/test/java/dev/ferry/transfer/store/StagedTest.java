package dev.ferry.transfer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Staging files and publishing them. */
class StagedTest extends TreeTest {

  @Test
  void aStagedFileIsSeenByNobodyUntilItIsPublished() throws IOException {
    try (Staged staged = stage("text")) {
      assertThat(names("/")).isEmpty();
      assertThat(staged.name()).matches("passing-[0-9a-f]{32}-[0-9a-f]+");

      staged.setAttributes(1_700_000_000_123_456_789L, 0640);
      staged.force();
      staged.publish(path("/a"), Replace.NEVER);
    }
    assertThat(root.resolve("a")).hasContent("text");
    assertThat(tree.stat(path("/a")).mtimeNanos()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(tree.stat(path("/a")).mode()).isEqualTo(Umask.apply(0640));
  }

  @Test
  void nobodyElseMayReadWhatIsStaged() throws IOException {
    try (Staged staged = tree.stage()) {
      Path folder = root.resolve(".ferry-staging");
      assertThat((int) Files.getAttribute(folder, "unix:mode") & 07777).isEqualTo(0700);
      assertThat((int) Files.getAttribute(folder.resolve(staged.name()), "unix:mode") & 07777)
          .isEqualTo(0600);
    }
  }

  @Test
  void aFileThatIsNotPublishedLeavesNothing() throws IOException {
    stage("text").close();
    tree.close();
    assertThat(root).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chunksAreWrittenInAnyOrderAndReadBack(boolean direct) throws IOException {
    byte[] content = new byte[200_000];
    new Random(2).nextBytes(content);
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(200_000) : ByteBuffer.allocate(200_000);
    buffer.put(content).flip();

    try (Staged staged = tree.stage()) {
      staged.write(buffer.position(90_000), 90_000);
      assertThat(buffer.hasRemaining()).isFalse();
      staged.write(buffer.position(0).limit(90_000), 0);
      buffer.clear();
      assertThat(staged.size()).isEqualTo(200_000);
      assertThat(staged.read(buffer, 0)).isEqualTo(200_000);
      staged.publish(path("/a"), Replace.NEVER);
    }
    assertThat(buffer.flip()).isEqualTo(ByteBuffer.wrap(content));
    assertThat(root.resolve("a")).hasBinaryContent(content);
  }

  @Test
  void theLengthIsCutAndExtended() throws IOException {
    try (Staged staged = stage("0123456789")) {
      staged.truncate(4);
      assertThat(staged.size()).isEqualTo(4);
      staged.truncate(1000);
      assertThat(staged.size()).isEqualTo(1000);
      staged.truncate(0);
      assertThat(staged.size()).isZero();
    }
  }

  @Test
  void dangerousPermissionsAreNeverSet() throws IOException {
    try (Staged staged = tree.stage()) {
      staged.setAttributes(0, 07777);
      staged.publish(path("/a"), Replace.NEVER);
    }
    assertThat((int) Files.getAttribute(root.resolve("a"), "unix:mode") & 07777)
        .isEqualTo(Umask.apply(0777));
  }

  @Test
  void publishingDoesNotReplaceUnlessToldTo() throws IOException {
    write("a", "old");
    try (Staged staged = stage("new")) {
      assertThatThrownBy(() -> staged.publish(path("/a"), Replace.NEVER))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage("/a: exists already");
      assertThat(root.resolve("a")).hasContent("old");

      staged.publish(path("/b"), Replace.NEVER);
    }
    assertThat(root.resolve("b")).hasContent("new");
  }

  @Test
  void publishingReplacesWhenToldTo() throws IOException {
    publish("one", "/a", Replace.ALWAYS);
    publish("longer than that", "/a", Replace.ALWAYS);
    publish("3", "/a", Replace.ALWAYS);
    assertThat(root.resolve("a")).hasContent("3");
  }

  @Test
  void onlyTheFileThatWasLookedAtIsReplaced() throws IOException {
    write("a", "old");
    Replace seen = Replace.only(tree.stat(path("/a")).fingerprint());
    publish("new", "/a", seen);
    assertThat(root.resolve("a")).hasContent("new");

    assertThatThrownBy(() -> publish("newer", "/a", seen))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("/a: was changed by somebody else meanwhile");
    assertThat(root.resolve("a")).hasContent("new");

    Files.delete(root.resolve("a"));
    publish("newest", "/a", seen);
    assertThat(root.resolve("a")).hasContent("newest");
  }

  @Test
  void replacingWritesNewFilesAndNeverIntoOldOnes() throws IOException {
    Path outside = Files.writeString(temp.resolve("outside"), "precious");
    Files.createLink(root.resolve("a"), outside);

    publish("x", "/a", Replace.ALWAYS);

    assertThat(outside).hasContent("precious");
    assertThat(root.resolve("a")).hasContent("x");
  }

  @Test
  void onlyRegularFilesAreReplaced() throws IOException {
    folder("folder");
    Path outside = Files.writeString(temp.resolve("outside"), "precious");
    Files.createSymbolicLink(root.resolve("link"), outside);

    assertThatThrownBy(() -> publish("x", "/folder", Replace.ALWAYS))
        .hasMessage("/folder: is a folder");
    assertThatThrownBy(() -> publish("x", "/link", Replace.ALWAYS))
        .hasMessageStartingWith("/link: is a link");
    assertThatThrownBy(() -> publish("x", "/", Replace.ALWAYS)).hasMessage("/: is a folder");
    assertThat(outside).hasContent("precious");
    assertThat(root.resolve("link")).isSymbolicLink();
  }

  @Test
  void publishingNeedsTheFolder() throws IOException {
    assertThatThrownBy(() -> publish("x", "/a/b", Replace.NEVER))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/a: no such file or folder");
    tree.close();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aPublishedFileCanStillBeRead() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(4);
    try (Staged staged = stage("text")) {
      staged.publish(path("/a"), Replace.NEVER);
      staged.read(buffer, 0);
    }
    assertThat(new String(buffer.array(), UTF_8)).isEqualTo("text");
  }

  @Test
  void aFileThatSomebodyDeletedIsNotPublished() throws IOException {
    try (Staged staged = stage("text")) {
      Files.delete(root.resolve(".ferry-staging").resolve(staged.name()));
      assertThatThrownBy(() -> staged.publish(path("/a"), Replace.NEVER))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessageStartingWith("/.ferry-staging/" + staged.name() + ": was removed");
    }
  }

  @Test
  void aPublishedFileGivesItsFormerNameUp() throws IOException {
    Staged first = tree.stage("part");
    first.publish(path("/a"), Replace.NEVER);
    try (Staged second = tree.stage("part")) {
      first.close();
      second.publish(path("/b"), Replace.NEVER);
    }
    assertThat(names("/")).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theProblemIsToldToPrograms() {
    assertThatThrownBy(() -> publish("x", "/", Replace.NEVER))
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.IS_A_FOLDER));
  }
}

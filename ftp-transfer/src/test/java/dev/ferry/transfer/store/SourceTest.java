package dev.ferry.transfer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening files and reading them. */
class SourceTest extends TreeTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytesAreReadFromAnyPlace(boolean direct) throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);
    Files.write(root.resolve("a"), content);
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(70_000) : ByteBuffer.allocate(70_000);

    try (Source source = tree.open(path("/a"))) {
      buffer.position(10).limit(65_010);
      assertThat(source.read(buffer, 30_000)).isEqualTo(65_000);
      assertThat(buffer.position()).isEqualTo(65_010);
      assertThat(buffer.flip().position(10)).isEqualTo(ByteBuffer.wrap(content, 30_000, 65_000));

      buffer.clear();
      assertThat(source.read(buffer, 99_990)).isEqualTo(10);
      assertThat(source.read(buffer, 100_000)).isZero();
      assertThat(source.read(buffer, 1L << 40)).isZero();
    }
  }

  @Test
  void aSourceTellsWhatItWasAndWhatItIs() throws IOException {
    write("a", "before");
    try (Source source = tree.open(path("/a"))) {
      assertThat(source.attributes()).isEqualTo(tree.stat(path("/a")));
      assertThat(source.current()).isEqualTo(source.attributes());

      Files.writeString(root.resolve("a"), " and after", StandardOpenOption.APPEND);

      assertThat(source.attributes().size()).isEqualTo(6);
      assertThat(source.current().size()).isEqualTo(16);
      assertThat(source.current().fingerprint()).isNotEqualTo(source.attributes().fingerprint());
    }
  }

  @Test
  void aSourceStaysTheSameFileWhenItsNameGoesToAnother() throws IOException {
    write("a", "old");
    ByteBuffer buffer = ByteBuffer.allocate(10);
    try (Source source = tree.open(path("/a"))) {
      publish("new", "/a", Replace.ALWAYS);
      source.read(buffer, 0);
    }
    assertThat(new String(buffer.array(), 0, buffer.position(), UTF_8)).isEqualTo("old");
  }

  @Test
  void onlyRegularFilesAreOpened() throws IOException {
    folder("folder");
    Files.createSymbolicLink(root.resolve("link"), write("file", ""));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("nowhere"));

    assertRefused(() -> tree.open(path("/folder")), Problem.IS_A_FOLDER, "/folder: is a folder");
    assertRefused(() -> tree.open(TreePath.ROOT), Problem.IS_A_FOLDER, "/: is a folder");
    String link = "is a link; Ferry does not follow links";
    assertRefused(() -> tree.open(path("/link")), Problem.LINK, "/link: " + link);
    assertRefused(() -> tree.open(path("/dangling")), Problem.LINK, "/dangling: " + link);
    assertThatThrownBy(() -> tree.open(path("/x"))).isInstanceOf(NoSuchFileException.class);
  }

  private static void assertRefused(ThrowingCallable call, Problem problem, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TreeException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessage(message);
  }

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void aFifoBlocksNobody() throws IOException {
    Native.makeFifo(root.resolve("fifo"));

    assertRefused(
        () -> tree.open(path("/fifo")), Problem.NOT_REGULAR, "/fifo: is not a regular file");
    assertThatThrownBy(() -> tree.list(path("/fifo"))).hasMessage("/fifo: is not a folder");
    assertThatThrownBy(() -> tree.stat(path("/fifo/x"))).hasMessage("/fifo: is not a folder");
    assertThatThrownBy(() -> publish("x", "/fifo", Replace.ALWAYS))
        .isInstanceOf(TreeException.class);
  }

  @Test
  void aClosedSourceIsNotRead() throws IOException {
    write("a", "text");
    Source source = tree.open(path("/a"));
    source.close();
    source.close();
    assertThatThrownBy(() -> source.read(ByteBuffer.allocate(1), 0))
        .isInstanceOf(ClosedChannelException.class);
  }
}

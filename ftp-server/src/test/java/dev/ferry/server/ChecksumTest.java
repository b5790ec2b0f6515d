package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Source;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checksum is that of one state of the file, or none. */
class ChecksumTest {
  @TempDir Path root;

  @Test
  void fileThatIsWrittenToWhileItIsReadHasNone() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "hello");
    try (Tree tree = Trees.open(root, true)) {
      Tree restless =
          new TreeLayer(tree) {
            @Override
            public Source open(TreePath path) throws IOException {
              return new Restless(super.open(path), file);
            }
          };
      TreeRequests requests = new TreeRequests(restless, Durability.NONE);
      assertThatThrownBy(() -> requests.checksum(new Frame.Checksum(List.of("file"))))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.reason().known()).isEqualTo(ErrorCode.SOURCE_CHANGED));
    }
  }

  /** A file to which somebody writes after the first read. */
  private record Restless(Source source, Path file) implements Source {
    @Override
    public Attributes attributes() {
      return source.attributes();
    }

    @Override
    public Attributes current() throws IOException {
      return source.current();
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
      int count = source.read(buffer, position);
      if (position == 0) {
        Files.writeString(file, " world", StandardOpenOption.APPEND);
      }
      return count;
    }

    @Override
    public void close() {
      source.close();
    }
  }
}

package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Space;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients leave free of a disk. */
class DiskReserveTest {
  private static final long MIB = 1L << 20;

  @TempDir Path root;
  private Tree tree;
  private volatile Space space;

  @BeforeEach
  void open() throws IOException {
    Files.createDirectory(root.resolve("home"));
    tree =
        new TreeLayer(Trees.open(root, true)) {
          @Override
          public Space space() {
            return space;
          }
        };
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private static void write(Tree to, int bytes) throws IOException {
    try (Staged staged = to.stage()) {
      staged.write(ByteBuffer.allocate(bytes), 0);
    }
  }

  private static void assertFull(Tree to, int bytes) {
    assertThatThrownBy(() -> write(to, bytes))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason().is(ErrorCode.NO_SPACE)).isTrue());
  }

  @Test
  void whatIsWrittenCountsUntilTheDiskIsLookedAtAgain() throws IOException {
    Tree guarded = new DiskReserve(tree, 1000L);
    space = new Space(10_000, 1300);
    write(guarded, 100);
    space = new Space(10_000, 1200);
    write(guarded, 150);
    space = new Space(10_000, 1050);
    assertFull(guarded, 100);
    write(guarded, 50);
    space = new Space(10_000, 999);
    assertFull(guarded, 1);
    space = new Space(10_000, 1300);
    write(guarded, 300);
  }

  @Test
  void foldersOfTheTreeAreNoWayAround() throws IOException {
    space = new Space(10_000, 900);
    Tree guarded = new DiskReserve(tree, 1000L);
    try (Tree home = guarded.below(TreePath.of("home"))) {
      assertFull(home, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 1", "1000, 10", "102400, 1024", "10000000, 1024"})
  void onePercentIsKeptUpToOneGibibyte(long total, long kept) throws IOException {
    Tree guarded = new DiskReserve(tree, null);
    space = new Space(total * MIB, kept * MIB + 1);
    write(guarded, 1);
    space = new Space(total * MIB, kept * MIB);
    assertFull(guarded, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, the server's disk is full",
    "512, the server keeps the last 512 bytes of its disk free",
    "102400, the server keeps the last 100 KiB of its disk free",
    "1073741824, the server keeps the last 1 GiB of its disk free",
    "10737418, the server keeps the last 10.2 MiB of its disk free"
  })
  void whatIsKeptIsSaidInAFittingUnit(long kept, String words) {
    space = new Space(Long.MAX_VALUE, kept);
    assertThatThrownBy(() -> write(new DiskReserve(tree, kept), 1)).hasMessageContaining(words);
  }

  @Test
  void realDiskIsAsked() throws IOException {
    try (Tree real = Trees.open(root, true)) {
      Space here = real.space();
      assertThat(here.total()).isEqualTo(Files.getFileStore(root).getTotalSpace());
      assertThat(here.usable()).isBetween(1L, here.total());
      write(new DiskReserve(real, 0L), 1);
      assertFull(new DiskReserve(real, here.total()), 1);
    }
  }
}

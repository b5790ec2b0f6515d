package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Removing folders that are wide, deep, or changed meanwhile. */
class RemovalTest extends TreeTest {

  @Test
  void everythingBelowIsRemovedAndCounted() throws IOException {
    folder("d/a/b/c");
    folder("d/empty");
    write("d/file", "");
    write("d/a/b/file", "");
    write("other", "");

    assertThat(tree.removeAll(path("/d"))).isEqualTo(7);
    assertThat(tree.removeAll(path("/other"))).isEqualTo(1);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void moreFullFoldersThanAreRememberedAreRemovedToo() throws IOException {
    for (int i = 0; i < 1100; i++) {
      folder("d/" + i);
      write("d/" + i + "/file", "");
    }
    assertThat(tree.removeAll(path("/d"))).isEqualTo(2201);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void whatArrivesMeanwhileIsRemovedToo() throws IOException {
    folder("d");
    write("d/early", "");

    try (Folders folders = new Interfering(confinement.folders(root), root.resolve("d/late"))) {
      assertThat(Removal.removeAll(folders, path("/d"))).isEqualTo(3);
    }
    assertThat(root).isEmptyDirectory();
  }

  /** Makes a file when the folder has just been emptied and is about to be removed. */
  private static final class Interfering implements Folders {
    private final Folders folders;
    private final Path late;
    private boolean listed;
    private boolean done;

    Interfering(Folders folders, Path late) {
      this.folders = folders;
      this.late = late;
    }

    @Override
    public Dir open(TreePath folder, Dir.Use use) throws IOException {
      listed |= use == Dir.Use.CONTENTS;
      if (listed && use == Dir.Use.NAMES && !done) {
        Files.createFile(late);
        done = true;
      }
      return folders.open(folder, use);
    }

    @Override
    public Folders below(TreePath folder) throws IOException {
      return folders.below(folder);
    }

    @Override
    public Content openFile(TreePath path) throws IOException {
      return folders.openFile(path);
    }

    @Override
    public String user() {
      return folders.user();
    }

    @Override
    public String confinement() {
      return folders.confinement();
    }

    @Override
    public boolean canForceAll() {
      return folders.canForceAll();
    }

    @Override
    public void forceAll() throws IOException {
      folders.forceAll();
    }

    @Override
    public Space space() throws IOException {
      return folders.space();
    }

    @Override
    public void close() {
      folders.close();
    }
  }
}

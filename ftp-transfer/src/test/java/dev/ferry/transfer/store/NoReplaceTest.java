package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moving on a file system that cannot rename without replacing. */
class NoReplaceTest extends TreeTest {
  private Folders folders;
  private Dir dir;

  @BeforeEach
  void openFolder() throws IOException {
    folders = confinement.folders(root);
    dir = folders.open(TreePath.ROOT, Dir.Use.NAMES);
  }

  @AfterEach
  void closeFolder() {
    dir.close();
    folders.close();
  }

  private void move(String name, String newName) throws IOException {
    NoReplace.moveInTwoSteps(dir, name, dir, newName);
  }

  @Test
  void aFileALinkAndAFullFolderAreMoved() throws IOException {
    write("file", "text");
    folder("folder/below");
    Files.createSymbolicLink(root.resolve("link"), Path.of("/nowhere"));

    move("file", "a");
    move("folder", "b");
    move("link", "c");

    assertThat(names("/")).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(root.resolve("a")).hasContent("text");
    assertThat(root.resolve("b/below")).isDirectory();
    assertThat(Files.readSymbolicLink(root.resolve("c"))).isEqualTo(Path.of("/nowhere"));
  }

  @Test
  void nothingIsReplacedNotEvenAnEmptyFolder() throws IOException {
    write("file", "");
    write("taken", "text");
    folder("folder");
    folder("empty");

    for (String[] pair :
        new String[][] {
          {"file", "taken"}, {"file", "empty"}, {"folder", "empty"}, {"folder", "taken"}
        }) {
      assertThatThrownBy(() -> move(pair[0], pair[1]))
          .isInstanceOf(FileAlreadyExistsException.class);
    }
    assertThat(names("/")).containsExactlyInAnyOrder("file", "taken", "folder", "empty");
    assertThat(root.resolve("taken")).hasContent("text");
  }

  @Test
  void whatIsMissingIsReportedAndNothingIsLeft() {
    assertThatThrownBy(() -> move("x", "y")).isInstanceOf(NoSuchFileException.class);
    assertThat(root).isEmptyDirectory();
  }
}

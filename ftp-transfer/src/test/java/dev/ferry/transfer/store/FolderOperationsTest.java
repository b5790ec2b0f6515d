package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Attributes.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking at names, listing, making, removing and moving them. */
class FolderOperationsTest extends TreeTest {

  @Test
  void aFileIsDescribed() throws IOException {
    Path file = write("a", "hello");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
    Files.setLastModifiedTime(
        file, FileTime.from(1_234_567_890_123_456_789L, TimeUnit.NANOSECONDS));

    Attributes found = tree.stat(path("/a"));

    assertThat(found.kind()).isEqualTo(Kind.FILE);
    assertThat(found.size()).isEqualTo(5);
    assertThat(found.mtimeNanos()).isEqualTo(1_234_567_890_123_456_789L);
    assertThat(found.mode()).isEqualTo(0651);
    assertThat(found.fingerprint().bytes()).hasSizeBetween(1, 32);
  }

  @Test
  void kindsAreToldApart() throws IOException {
    folder("folder");
    Files.createSymbolicLink(root.resolve("link"), Path.of("/nowhere"));
    Native.makeFifo(root.resolve("fifo"));

    assertThat(tree.stat(path("/folder")).kind()).isEqualTo(Kind.FOLDER);
    assertThat(tree.stat(path("/link")).kind()).isEqualTo(Kind.LINK);
    assertThat(tree.stat(path("/fifo")).kind()).isEqualTo(Kind.OTHER);
    assertThat(tree.stat(TreePath.ROOT).kind()).isEqualTo(Kind.FOLDER);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_500_000_001, -1, 0, 1, 4_102_444_800_000_000_007L})
  void timesFarAndNearAreKept(long nanos) throws IOException {
    folder("d");
    tree.setFolderAttributes(path("/d"), nanos, 0700);

    boolean exact = confinement == Confinement.OPENAT2 || nanos >= 0;
    assertThat(tree.stat(path("/d")).mtimeNanos())
        .isEqualTo(exact ? nanos : Math.floorDiv(nanos, 1_000_000_000) * 1_000_000_000L);
  }

  @Test
  void theFingerprintChangesWithContentAndIdentity() throws IOException {
    write("a", "one");
    write("b", "two");
    Fingerprint before = tree.stat(path("/a")).fingerprint();

    assertThat(tree.stat(path("/a")).fingerprint()).isEqualTo(before);
    assertThat(tree.stat(path("/b")).fingerprint()).isNotEqualTo(before);
    write("a", "longer");
    assertThat(tree.stat(path("/a")).fingerprint()).isNotEqualTo(before);
    assertThat(Fingerprint.of(before.bytes())).isEqualTo(before).hasToString(before.toString());
  }

  @Test
  void aMissingNameIsReportedAsTheTreeSeesIt() {
    assertThatThrownBy(() -> tree.stat(path("/a")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/a: no such file or folder");
  }

  @Test
  void aMissingParentIsNamed() throws IOException {
    folder("a");
    assertThatThrownBy(() -> tree.stat(path("/a/b/c/d")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/a/b: no such file or folder");
  }

  @Test
  void aFileInTheMiddleOfAPathIsNamed() throws IOException {
    folder("a");
    write("a/file", "");
    assertThatThrownBy(() -> tree.stat(path("/a/file/c")))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("/a/file: is not a folder");
    assertThatThrownBy(() -> tree.list(path("/a/file")))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage("/a/file: is not a folder");
  }

  @Test
  void aFolderIsListedWithHiddenNames() throws IOException {
    folder("d/sub");
    write("d/.hidden", "1");
    write("d/b", "22");

    assertThat(list("/d"))
        .containsExactlyInAnyOrder(
            new Listing.Entry("sub", tree.stat(path("/d/sub"))),
            new Listing.Entry(".hidden", tree.stat(path("/d/.hidden"))),
            new Listing.Entry("b", tree.stat(path("/d/b"))));
    assertThat(list("/d/sub")).isEmpty();
    assertThat(names("/")).containsExactly("d");
  }

  @Test
  void theStagingFolderIsNotListedAtAnyDepth() throws IOException {
    folder(".ferry-staging");
    folder("d/.ferry-staging");

    assertThat(names("/")).containsExactly("d");
    assertThat(names("/d")).isEmpty();
  }

  @Test
  void aLargeFolderIsListedAsAStream() throws IOException {
    folder("d");
    for (int i = 0; i < 3000; i++) {
      write("d/a name of some length, number " + i, "");
    }
    assertThat(names("/d")).hasSize(3000).doesNotHaveDuplicates();
  }

  @Test
  void aListingOutlivesItsTreeAndNotItsClose() throws IOException {
    write("a", "");
    try (Listing listing = tree.list(TreePath.ROOT)) {
      tree.close();
      assertThat(listing.next()).isInstanceOf(Listing.Entry.class);
    }
  }

  @Test
  void aFolderIsMade() throws IOException {
    tree.makeFolder(path("/a"));
    tree.makeFolder(path("/a/b"));

    assertThat(root.resolve("a/b")).isDirectory();
  }

  @Test
  void aFolderIsNotMadeWhereSomethingStandsOrNothingHoldsIt() throws IOException {
    write("a", "");
    assertThatThrownBy(() -> tree.makeFolder(path("/a")))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("/a: exists already");
    assertThatThrownBy(() -> tree.makeFolder(path("/x/y")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("/x:");
    assertThatThrownBy(() -> tree.makeFolder(TreePath.ROOT))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void filesLinksSpecialFilesAndEmptyFoldersAreRemoved() throws IOException {
    write("file", "");
    folder("folder");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("file"));
    Native.makeFifo(root.resolve("fifo"));

    for (String name : new String[] {"/link", "/fifo", "/folder", "/file"}) {
      tree.remove(path(name));
    }

    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aFullFolderIsNotRemoved() throws IOException {
    folder("a/b");
    assertThatThrownBy(() -> tree.remove(path("/a")))
        .isInstanceOf(DirectoryNotEmptyException.class)
        .hasMessage("/a: the folder is not empty");
    assertThatThrownBy(() -> tree.remove(path("/x"))).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void theRootIsNeitherRemovedNorMoved() {
    assertThatThrownBy(() -> tree.remove(TreePath.ROOT)).isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> tree.removeAll(TreePath.ROOT))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> tree.rename(TreePath.ROOT, path("/a")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void filesAndFoldersAreMoved() throws IOException {
    folder("a/b");
    write("a/b/file", "text");

    tree.rename(path("/a/b"), path("/c"));
    tree.rename(path("/c/file"), path("/a/renamed"));

    assertThat(root.resolve("a/renamed")).hasContent("text");
    assertThat(root.resolve("c")).isEmptyDirectory();
    assertThat(names("/a")).containsExactly("renamed");
  }

  @Test
  void movingNeverReplaces() throws IOException {
    write("a", "a");
    write("b", "b");
    folder("c");
    folder("d");

    for (String[] pair : new String[][] {{"/a", "/b"}, {"/a", "/c"}, {"/c", "/d"}, {"/c", "/a"}}) {
      assertThatThrownBy(() -> tree.rename(path(pair[0]), path(pair[1])))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage(pair[1] + ": exists already");
    }
    assertThatThrownBy(() -> tree.rename(path("/a"), path("/a")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(root.resolve("b")).hasContent("b");
    assertThat(names("/")).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void movingNamesWhatIsMissing() throws IOException {
    write("a", "");
    assertThatThrownBy(() -> tree.rename(path("/x"), path("/y")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("/x:");
    assertThatThrownBy(() -> tree.rename(path("/a"), path("/x/y")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageStartingWith("/x:");
  }

  @Test
  void aFolderIsNotMovedIntoItself() throws IOException {
    folder("a/b");
    assertThatThrownBy(() -> tree.rename(path("/a"), path("/a/b/c")))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/a -> /a/b/c: a folder cannot be moved into itself");
  }

  @Test
  void timeAndPermissionsOfAFolderAreSet() throws IOException {
    folder("d");

    tree.setFolderAttributes(path("/d"), 1_000_000_000_000_000_123L, 0750);

    assertThat(tree.stat(path("/d")).mtimeNanos()).isEqualTo(1_000_000_000_000_000_123L);
    assertThat(tree.stat(path("/d")).mode()).isEqualTo(Umask.apply(0750));
  }

  @Test
  void onlyPlainPermissionsAreGivenToAFolderAndOthersStay() throws IOException {
    Path folder = folder("d");
    Files.setAttribute(folder, "unix:mode", 02755);

    tree.setFolderAttributes(path("/d"), 0, 07700);

    assertThat((int) Files.getAttribute(folder, "unix:mode") & 07777).isEqualTo(02700);
  }

  @Test
  void folderAttributesAreForFolders() throws IOException {
    write("a", "");
    assertThatThrownBy(() -> tree.setFolderAttributes(path("/a"), 0, 0700))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void foldersAreForced() throws IOException {
    folder("a/b");
    tree.force(TreePath.ROOT);
    tree.force(path("/a/b"));
    assertThatThrownBy(() -> tree.force(path("/x"))).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void allIsForcedAtOnceOrThatIsRefused() throws IOException {
    if (tree.canForceAll()) {
      tree.forceAll();
    } else {
      assertThatThrownBy(() -> tree.forceAll())
          .isInstanceOfSatisfying(
              TreeException.class,
              e -> assertThat(e.problem()).isEqualTo(TreeException.Problem.UNSUPPORTED));
    }
    assertThat(tree.canForceAll()).isEqualTo(confinement == Confinement.OPENAT2);
  }
}

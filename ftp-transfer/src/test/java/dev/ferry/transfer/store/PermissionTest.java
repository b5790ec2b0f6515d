package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a process that may not do everything. */
class PermissionTest extends TreeTest {

  @BeforeEach
  void letOthersIn() throws IOException {
    allow(temp, "rwxr-xr-x");
    allow(root, "rwxr-xr-x");
  }

  @AfterEach
  void letCleanUp() throws IOException {
    allow(root, "rwxrwxrwx");
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void assertDenied(String path, ThrowingCallable call) throws Exception {
    Native.withoutPowers(
        () ->
            assertThatThrownBy(call)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageStartingWith(path + ": no permission"));
  }

  @Test
  void anUnreadableFileIsListedButNotOpened() throws Exception {
    allow(write("secret", "text"), "---------");

    assertDenied("/secret", () -> tree.open(path("/secret")));
    Native.withoutPowers(() -> assertThat(names("/")).containsExactly("secret"));
  }

  @Test
  void thePartOfAPathBehindAClosedFolderIsNamed() throws Exception {
    folder("a/closed/b");
    allow(root.resolve("a/closed"), "---------");

    assertDenied("/a/closed", () -> tree.list(path("/a/closed")));
    assertDenied("/a/closed/b", () -> tree.list(path("/a/closed/b/c")));

    allow(root.resolve("a/closed"), "rwxr-xr-x");
  }

  @Test
  void namesInAFolderThatCannotBeEnteredAreReportedOneByOne() throws Exception {
    folder("d/sub");
    write("d/file", "");
    allow(root.resolve("d"), "r--r--r--");

    Native.withoutPowers(
        () ->
            assertThat(list("/d"))
                .hasSize(2)
                .allSatisfy(
                    item ->
                        assertThat(((Listing.Unreadable) item).why())
                            .isInstanceOf(AccessDeniedException.class)
                            .hasMessageStartingWith("/d/" + item.name())));

    allow(root.resolve("d"), "rwxr-xr-x");
  }

  @Test
  void aReadOnlyTreeIsReadAndNotChanged() throws Exception {
    write("a", "text");
    allow(root, "r-xr-xr-x");

    Native.withoutPowers(() -> assertThat(tree.stat(path("/a")).size()).isEqualTo(4));
    assertDenied("/a", () -> tree.remove(path("/a")));
    assertDenied("/b", () -> tree.makeFolder(path("/b")));
    assertDenied("/b", () -> tree.rename(path("/a"), path("/b")));
    Native.withoutPowers(
        () ->
            assertThatThrownBy(() -> tree.stage())
                .isInstanceOf(AccessDeniedException.class)
                .hasMessage(
                    "/.ferry-staging: no permission; files arrive there first, so the root must"
                        + " be writable"));
  }

  @Test
  void aTreeIsCompleteForAnOrdinaryUser() throws Exception {
    allow(root, "rwxrwxrwx");
    Native.withoutPowers(
        () -> {
          try (Tree mine = confinement.open(root)) {
            mine.makeFolder(path("/d"));
            try (Staged staged = mine.stage()) {
              staged.write(bytes("text"), 0);
              staged.setAttributes(0, 0400);
              staged.force();
              staged.publish(path("/d/a"), Replace.NEVER);
            }
            mine.setFolderAttributes(path("/d"), 0, 0755);
            mine.force(path("/d"));
            mine.open(path("/d/a")).close();
            assertThat(mine.removeAll(path("/d"))).isEqualTo(2);
          }
        });
    assertThat(root).isEmptyDirectory();
  }
}

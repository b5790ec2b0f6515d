package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a PUT asks for everything, and when it is refused as a whole (spec 7.2). */
class PutTargetTest {
  @TempDir Path root;
  private Tree tree;

  @BeforeEach
  void open() throws IOException {
    tree = Trees.open(root, true);
    Files.createDirectory(root.resolve("folder"));
    Files.writeString(root.resolve("folder/there"), "x");
    Files.writeString(root.resolve("file"), "x");
  }

  @AfterEach
  void close() {
    tree.close();
  }

  @Test
  void everythingIsAskedForWhereNothingCanStandInTheWay() throws IOException {
    assertThat(mode(false, "new", "a")).isEqualTo(Mode.ALL);
    assertThat(mode(false, "new", "")).isEqualTo(Mode.ALL);
    assertThat(mode(false, "folder", "a")).isEqualTo(Mode.ALL);
    assertThat(mode(false, "folder", "a", "b")).isEqualTo(Mode.ALL);
    assertThat(mode(true, "made", "a", "")).isEqualTo(Mode.ALL);
  }

  @Test
  void contentIsAskedForOneByOneWhereSomethingMayBeThere() throws IOException {
    assertThat(mode(false, "file", "a")).isEqualTo(Mode.ASK);
    assertThat(mode(false, "folder", "a", "there")).isEqualTo(Mode.ASK);
    assertThat(mode(false, "folder", "a", "a")).isEqualTo(Mode.ASK);
    assertThat(mode(false, "folder", "")).isEqualTo(Mode.ASK);
    assertThat(mode(true, "folder", "there")).isEqualTo(Mode.ASK);
  }

  @Test
  void missingFolderIsMadeWithItsParentsOnlyWhenAskedFor() throws IOException {
    assertThat(mode(true, "new/deep", "a")).isEqualTo(Mode.ALL);
    assertThat(root.resolve("new/deep")).isDirectory();
    assertRefused(ErrorCode.NOT_FOUND, false, "other/deep", "a");
    assertThat(root.resolve("other")).doesNotExist();
  }

  @Test
  void targetThatMustBeAFolderIsRefusedIfItIsNone() {
    assertRefused(ErrorCode.NOT_A_FOLDER, true, "file", "a");
    assertRefused(ErrorCode.NOT_A_FOLDER, true, "file/deep", "a");
    assertRefused(ErrorCode.NOT_A_FOLDER, false, "file", "a", "b");
    assertRefused(ErrorCode.NOT_A_FOLDER, false, "missing", "a", "b");
    assertRefused(ErrorCode.NOT_A_FOLDER, false, "file/deep", "a");
  }

  @Test
  void badNamesAreRefusedBeforeAnythingIsMade() {
    assertRefused(ErrorCode.BAD_NAME, true, "new/..", "a");
    assertRefused(ErrorCode.BAD_NAME, true, "new", "a", "..");
    assertRefused(ErrorCode.BAD_NAME, true, "new", "a/b");
    assertThat(root.resolve("new")).doesNotExist();
  }

  @Test
  void linkOnTheWayIsRefused() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), Path.of("folder"));
    assertRefused(ErrorCode.LINK, false, "link/x", "a");
    assertRefused(ErrorCode.NOT_A_FOLDER, true, "link", "a");
  }

  private Mode mode(boolean folder, String target, String... names) throws IOException {
    return decide(folder, target, names).mode();
  }

  private PutTarget decide(boolean folder, String target, String... names) throws IOException {
    Frame.Put put =
        new Frame.Put(
            folder,
            false,
            Overwrite.NEVER,
            Durability.NONE,
            List.of(target.split("/", -1)),
            List.of(names));
    return PutTarget.decide(tree, new TreeRequests(tree, Durability.NONE), put);
  }

  private void assertRefused(ErrorCode code, boolean folder, String target, String... names) {
    assertThatThrownBy(() -> decide(folder, target, names))
        .satisfies(e -> assertThat(Errors.reason(e).known()).isEqualTo(code));
  }
}

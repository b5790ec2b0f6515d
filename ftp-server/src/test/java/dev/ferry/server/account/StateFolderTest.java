package dev.ferry.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders are taken for the server's own files, and what becomes of older ones. */
class StateFolderTest {
  private static final int NOBODY = 65_534;

  @TempDir Path temp;

  @Test
  void isMadeForItsOwnerOnly() throws IOException {
    Path folder = temp.resolve("a/b");
    StateFolder.open(folder);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(names(folder))
        .containsExactlyInAnyOrder("accounts", "change.lock", "spent", "version");
    for (String name : names(folder)) {
      assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
    }
    assertThat(folder.resolve("version")).hasContent("1\n");
    assertThat(AccountFile.open(StateFolder.open(folder)).users()).isEmpty();
  }

  @Test
  void isNotMadeByWhoOnlyLooks() {
    Path folder = temp.resolve("typo");
    assertRefused(() -> StateFolder.existing(folder), "there is no state folder " + folder);
    assertThat(folder).doesNotExist();
  }

  @Test
  void olderStateIsKeptAndThenUpgraded() throws IOException {
    Files.writeString(temp.resolve("identity.pem"), "the key");
    Files.writeString(temp.resolve("notes"), "somebody's");
    StateFolder.open(temp);
    assertThat(temp.resolve("before-1/identity.pem")).hasContent("the key");
    assertThat(temp.resolve("identity.pem")).hasContent("the key");
    assertThat(temp.resolve("version")).hasContent("1\n");
    assertThat(permissions(temp.resolve("before-1"))).isEqualTo("rwx------");
    assertThat(permissions(temp.resolve("before-1/identity.pem"))).isEqualTo("rw-------");
  }

  @Test
  void whatWasKeptIsNotReplacedWhenTheUpgradeIsDoneAgain() throws IOException {
    Path identity = Files.writeString(temp.resolve("identity.pem"), "the key");
    Path half = Files.createDirectory(temp.resolve(".before-1"));
    Files.writeString(half.resolve("identity.pem"), "the k");
    StateFolder state = StateFolder.open(temp);
    AccountFile.open(state).add(Samples.account("anna"));
    assertThat(temp.resolve("before-1/identity.pem")).hasContent("the key");
    Files.delete(temp.resolve("version"));
    Files.writeString(identity, "later");
    assertThat(AccountFile.open(StateFolder.open(temp)).users()).hasSize(1);
    assertThat(temp.resolve("before-1/identity.pem")).hasContent("the key");
  }

  @Test
  void newerStateIsRefused() throws IOException {
    StateFolder.open(temp);
    Files.writeString(temp.resolve("version"), "2\n");
    assertRefused(() -> StateFolder.open(temp), "is of version 2", "knows version 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "one\n", "-1\n", "0\n", "1\n1\n", "99999999999\n", "\u00e9\n"})
  void damagedVersionIsRefused(String text) throws IOException {
    StateFolder.open(temp);
    Files.writeString(temp.resolve("version"), text);
    assertRefused(() -> StateFolder.open(temp), temp + "/version is damaged");
  }

  @Test
  void folderOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(temp.resolve(".bashrc"), "");
    assertRefused(() -> StateFolder.open(temp), "is no state folder: it holds .bashrc");
    assertThat(names(temp)).containsExactlyInAnyOrder(".bashrc", "change.lock");
  }

  @Test
  void beginningThatWasCutShortIsDoneAgain() throws IOException {
    Files.writeString(temp.resolve("identity.pem.1f"), "");
    Files.writeString(temp.resolve(".accounts.new"), "half");
    Files.writeString(temp.resolve("change.lock"), "");
    assertThat(AccountFile.open(StateFolder.open(temp)).users()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rwxr-x---", "rwx---r-x", "rwx-----x"})
  void folderThatIsOpenToOthersIsRefused(String mode) throws IOException {
    StateFolder.open(temp);
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString(mode));
    assertRefused(() -> StateFolder.open(temp), "run: chmod 700 " + temp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "spent"})
  void fileThatIsOpenToOthersIsRefused(String name) throws IOException {
    StateFolder state = StateFolder.open(temp);
    Files.setPosixFilePermissions(temp.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
    assertRefused(
        () -> AccountFile.serving(state, Registration.OFF), "run: chmod 600 " + temp.resolve(name));
  }

  @Test
  void fileThatIsALinkIsRefused() throws IOException {
    StateFolder state = StateFolder.open(temp);
    Path accounts = temp.resolve("accounts");
    Files.move(accounts, temp.resolve("elsewhere"));
    Files.createSymbolicLink(accounts, temp.resolve("elsewhere"));
    assertRefused(() -> AccountFile.open(state), "is not a regular file");
  }

  @Test
  void folderOfAnotherUserIsRefused() throws IOException {
    Path others = temp.resolve("others");
    if (Files.getOwner(temp).getName().equals("root")) {
      Files.createDirectory(others);
      Files.setAttribute(others, "unix:uid", NOBODY);
    } else {
      others = Path.of("/var");
    }
    Path folder = others;
    assertRefused(() -> StateFolder.open(folder), "belongs to ", "run ferryd as that user");
  }

  @Test
  void fileOfAnotherUserIsRefused() throws IOException {
    assumeTrue(Files.getOwner(temp).getName().equals("root"), "only root can give files away");
    StateFolder state = StateFolder.open(temp);
    Files.setAttribute(temp.resolve("accounts"), "unix:uid", NOBODY);
    assertRefused(() -> AccountFile.open(state), "belongs to ");
  }

  @Test
  void fileIsNoFolder() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertRefused(() -> StateFolder.open(file), "is not a folder");
  }

  @Test
  void hasOneServer() throws Exception {
    StateFolder state = StateFolder.open(temp);
    try (AutoCloseable _ = state.serve()) {
      assertRefused(state::serve, "another ferryd serves with the state folder " + temp);
      // The second try must not have let go of the first one's lock either.
      try (OtherProcess other = OtherProcess.serving(temp)) {
        assertThat(other.line()).startsWith("refused: another ferryd serves");
      }
    }
    try (OtherProcess other = OtherProcess.serving(temp)) {
      assertThat(other.line()).isEqualTo("serving");
      assertRefused(state::serve, "another ferryd");
    }
    state.serve().close();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable what, String... words) {
    assertThatThrownBy(what).isInstanceOf(StateException.class).hasMessageContainingAll(words);
  }
}

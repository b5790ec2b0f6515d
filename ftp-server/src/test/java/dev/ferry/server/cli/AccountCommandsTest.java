package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.IssuedToken;
import dev.ferry.server.account.StateFolder;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code ferryd user} and {@code ferryd token}, by what they print and leave behind. */
class AccountCommandsTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea me";

  @TempDir Path temp;
  private Path keyFile;
  private String out;
  private String err;

  @BeforeEach
  void writeKey() throws IOException {
    keyFile = Files.writeString(temp.resolve("key.pub"), KEY);
  }

  private int run(String... words) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine command =
        Ferryd.commandLine()
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(errors, true));
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--state";
    all[words.length + 1] = temp.resolve("state").toString();
    int code = command.execute(all);
    out = printed.toString();
    err = errors.toString();
    return code;
  }

  private AccountFile accounts() throws IOException {
    return AccountFile.open(StateFolder.open(temp.resolve("state")));
  }

  @Test
  void usersComeChangeAndGo() throws IOException {
    assertThat(run("user", "add", "alice", "--role", "writer", "--home", "/a", "--key", key()))
        .as(err)
        .isZero();
    assertThat(run("user", "list")).isZero();
    assertThat(out).isEqualTo("alice  writer  /a  no password, keys: 1\n");
    run("user", "role", "alice", "reader");
    run("user", "lock", "alice");
    run("user", "list");
    assertThat(out).isEqualTo("alice  reader  /a  no password, keys: 1, locked\n");
    run("user", "unlock", "alice");
    assertThat(accounts().find("alice").access().locked()).isFalse();
    assertThat(run("user", "key", "alice", "--add", key())).isZero();
    assertThat(out).isEqualTo(accounts().find("alice").keys().getFirst().fingerprint() + "\n");
    assertThat(run("user", "key", "alice", "--remove", out.strip())).isZero();
    assertThat(accounts().find("alice").keys()).isEmpty();
    assertThat(run("user", "remove", "alice")).isZero();
    assertThat(accounts().users()).isEmpty();
  }

  private String key() {
    return keyFile.toString();
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    run("user", "add", "alice", "--role", "writer", "--key", key());
    assertThat(run("user", "remove", "bob")).isEqualTo(5);
    assertThat(err).isEqualTo("ferryd: there is no user bob\n");
    assertThat(run("user", "passwd", "bob")).isEqualTo(5);
    assertThat(err).isEqualTo("ferryd: there is no user bob\n");
    assertThat(run("user", "add", "alice", "--role", "writer", "--key", key())).isEqualTo(5);
    assertThat(err).isEqualTo("ferryd: there is a user alice already\n");
    assertThat(run("user", "add", "Bob", "--role", "writer", "--key", key())).isEqualTo(2);
    assertThat(run("user", "add", "bob", "--role", "owner", "--key", key())).isEqualTo(2);
    assertThat(err).contains("'owner' is none of reader, writer, admin");
    assertThat(run("user", "add", "bob", "--role", "writer")).isEqualTo(2);
    assertThat(err).contains("--password-stdin");
    assertThat(run("user", "key", "alice")).isEqualTo(2);
    assertThat(run("token", "remove", "0011223344556677")).isEqualTo(5);
    assertThat(run("token", "remove", "../x")).isEqualTo(2);
    assertThat(run("token", "create", "--role", "admin")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../..", "/a/../b", "a/.", ".", "a//b", "//", "/a/", ""})
  void folderThatIsNotMeantAsWrittenIsUsage(String folder) {
    for (List<String> command :
        List.of(
            List.of("token", "create", "--role", "reader", "--path", folder),
            List.of("user", "invite", "--home", folder),
            List.of("user", "add", "bob", "--role", "writer", "--key", key(), "--home", folder))) {
      assertThat(run(command.toArray(String[]::new))).as("%s", command).isEqualTo(2);
      assertThat(out).isEmpty();
      assertThat(err.lines()).singleElement().asString().contains("from the root");
    }
  }

  @Test
  void onlyWhatAddsSomebodyMakesAStateFolder() {
    for (List<String> command :
        List.of(
            List.of("user", "list"),
            List.of("user", "remove", "alice"),
            List.of("user", "lock", "alice"),
            List.of("user", "role", "alice", "reader"),
            List.of("user", "key", "alice", "--add", key()),
            List.of("token", "list"),
            List.of("token", "remove", "0011223344556677"))) {
      assertThat(run(command.toArray(String[]::new))).as("%s", command).isEqualTo(6);
      assertThat(err)
          .startsWith("ferryd: there is no state folder " + temp.resolve("state"))
          .contains("ferryd serve");
      assertThat(temp.resolve("state")).doesNotExist();
    }
  }

  @Test
  void keyThatIsNotThereCannotBeRemoved() throws IOException {
    run("user", "add", "alice", "--role", "writer", "--key", key());
    assertThat(run("user", "key", "alice", "--remove", "nope")).isEqualTo(5);
    assertThat(out).isEmpty();
    assertThat(err)
        .isEqualTo(
            "ferryd: user alice has no key nope; there is %s\n"
                .formatted(accounts().find("alice").keys().getFirst().fingerprint()));
  }

  @Test
  void keyThatCannotBeReadIsNamedWithTheReason() throws IOException {
    run("user", "add", "alice", "--role", "writer", "--key", key());
    Path none = temp.resolve("none.pub");
    assertThat(run("user", "key", "alice", "--add", none.toString())).isEqualTo(6);
    assertThat(err)
        .isEqualTo("ferryd: cannot read the key %s: it does not exist\n".formatted(none));
    Path binary = Files.write(temp.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(run("user", "key", "alice", "--add", binary.toString())).isEqualTo(6);
    assertThat(err).isEqualTo("ferryd: cannot read the key %s: it is no text\n".formatted(binary));
  }

  @Test
  void tokenThatHasEndedIsNotListed() throws IOException {
    run("token", "create", "--role", "reader");
    String good = Token.parse(out).id().toString();
    List<Caveat> ended = List.of(new Caveat.Until(Instant.now().minusSeconds(1)));
    accounts().issue(new IssuedToken(Token.newId(), Token.newSecret(), ended));
    run("token", "list");
    assertThat(out.lines()).singleElement().asString().startsWith(good);
    assertThat(accounts().tokens()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "0K"})
  void tokenThatMovesNothingIsUsage(String most) {
    assertThat(run("token", "create", "--role", "reader", "--max-bytes", most)).isEqualTo(2);
    assertThat(err.lines()).singleElement().asString().contains("--max-bytes");
  }

  @Test
  void nothingIsChangedThatCannotBeWrittenIntoTheAuditLog() throws IOException {
    run("user", "add", "alice", "--role", "reader", "--key", key());
    Path audit = temp.resolve("state/audit");
    Files.move(audit, temp.resolve("away"));
    Files.writeString(audit, "in the way");
    assertThat(run("user", "add", "bob", "--role", "reader", "--key", key())).isEqualTo(6);
    assertThat(err).startsWith("ferryd: nothing was changed, because").hasLineCount(1);
    assertThat(run("token", "create", "--role", "reader")).isEqualTo(6);
    assertThat(out).isEmpty();
    assertThat(run("user", "lock", "alice")).isEqualTo(6);
    assertThat(accounts().users()).singleElement().matches(user -> !user.access().locked());
    assertThat(accounts().tokens()).isEmpty();
  }

  @Test
  void tokensAreShownOnceAndTakenBack() throws IOException {
    assertThat(run("token", "create", "--role", "writer", "--path", "/a", "--max-bytes", "10G"))
        .isZero();
    Token token = Token.parse(out);
    run("token", "list");
    assertThat(out)
        .startsWith(token.id() + "  writer, below /a, until ")
        .endsWith(", at most 10,737,418,240 bytes\n");
    assertThat(accounts().token(token.id())).isNotNull();
    assertThat(run("token", "remove", token.id().toString())).isZero();
    assertThat(accounts().token(token.id())).isNull();
  }

  @Test
  void invitationIsACode() {
    assertThat(run("user", "invite", "--role", "writer")).isZero();
    assertThat(out).matches("[0-9a-f]{32}\n");
    assertThat(err.lines()).singleElement().asString().contains("--registration invite");
  }
}

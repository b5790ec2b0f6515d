package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.KeyFiles;
import dev.ferry.client.KnownAccounts;
import dev.ferry.client.PrivateKey;
import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.login.Caveat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is used for a login where there is more than one thing, and what is asked before. */
class LoginChoiceTest {
  @TempDir Path temp;
  private final KnownAccounts accounts = new KnownAccounts();
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    Program.in(temp).run(Map.of(), "keygen", "good");
    Program.in(temp).run(Map.of(), "keygen", "other");
    PrivateKey good = KeyFiles.read(temp.resolve("good"));
    accounts.add("alice", Role.WRITER, "/", good.publicKey());
    Path root = Files.createDirectory(temp.resolve("root"));
    Files.write(root.resolve("six"), new byte[6]);
    server = FerryServer.serving(root).accounts(accounts).drain(Duration.ZERO).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url(String user) {
    return "ferry://" + user + "127.0.0.1:" + server.port() + "/";
  }

  private Result ls(Map<String, String> more, String... options) {
    String[] words = new String[options.length + 4];
    words[0] = "ls";
    words[1] = "--fingerprint";
    words[2] = server.fingerprint().text();
    System.arraycopy(options, 0, words, 3, options.length);
    words[words.length - 1] = url("alice@");
    return Program.in(temp).run(more, words);
  }

  @Test
  void aKeyThatWasNamedIsUsedAndNothingElse() {
    Map<String, String> right = Map.of("FERRY_PASSWORD", KnownAccounts.PASSWORD);
    assertThat(ls(right).code()).isEqualTo(ExitCode.OK);
    assertThat(ls(right, "-i", "other").code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(ls(Map.of("FERRY_PASSWORD", "wrong"), "-i", "good").code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aKeyAndAPasswordOnStandardInputAreOneTooMany() {
    Result both = ls(Map.of(), "-i", "good", "--password-stdin");
    assertThat(both.code()).isEqualTo(ExitCode.USAGE);
    assertThat(both.message()).endsWith("but the key; leave out --password-stdin");
  }

  @Test
  void aPublicKeyIsNamedAsWhatItIs() throws IOException {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("good.pub"))))
        .isEqualTo("rw-r--r--");
    Result result = ls(Map.of(), "-i", "good.pub");
    assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(result.message()).contains("good.pub is a public key; name the private one");
  }

  @Test
  void aUserNameIsShownEscapedOnce() {
    Map<String, String> wrong = Map.of("FERRY_PASSWORD", "");
    String fingerprint = server.fingerprint().text();
    Result refused =
        Program.in(temp)
            .run(wrong, "ls", "-i", "good", "--fingerprint", fingerprint, url("al%5Cice@"));
    assertThat(refused.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(refused.message()).endsWith("ferryd user key al\\\\ice --add FILE");
    Result nothing = Program.in(temp).run(wrong, "ls", url("al%5Cice@"));
    assertThat(nothing.message()).contains("no key for al\\\\ice@127.0.0.1");
  }

  @Test
  void theServerIsAskedAboutBeforeThePassword() {
    Map<String, String> own = Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString());
    String password = KnownAccounts.PASSWORD + "\n";
    Result no = Program.in(temp).input("no\n" + password).talking().run(own, "ls", url("alice@"));
    assertThat(no.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(no.err()).containsOnlyOnce("(yes/no)?").doesNotContain("Password", "Type yes");
    Result register = Program.in(temp).input("no\n").talking().run(own, "register", url("carol@"));
    assertThat(register.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(register.err()).contains("(yes/no)?").doesNotContain("Invitation");
  }

  @Test
  void aServerThatARegistrationTrustsIsAskedAboutOnce() {
    Map<String, String> own =
        Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString(), "FERRY_PASSWORD", "new one");
    Result register =
        Program.in(temp).input("yes\n\u0007\n").talking().run(own, "register", url("carol@"));
    assertThat(register.code()).as(register.err()).isEqualTo(ExitCode.OK);
    assertThat(register.err()).containsOnlyOnce("(yes/no)?").contains("Invitation");
  }

  @Test
  void scriptsGiveTheInvitationInAVariable() {
    Map<String, String> given = Map.of("FERRY_PASSWORD", "new one", "FERRY_INVITE", "\u0007\n");
    String[] words = {"register", "--fingerprint", server.fingerprint().text(), url("carol@")};
    Result register = Program.in(temp).talking().run(given, words);
    assertThat(register.code()).as(register.err()).isEqualTo(ExitCode.OK);
    assertThat(register.err()).isEmpty();
    String[] other = {"register", "--invite=8", words[1], words[2], url("dave@")};
    Result option = Program.in(temp).run(given, other);
    assertThat(option.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(option.message()).contains("the invitation is not good");
  }

  @Test
  void aTokenThatIsUsedUpIsNoLackOfRoom() {
    Map<String, String> token = Map.of("FERRY_TOKEN", accounts.issue(new Caveat.Moving(5)).text());
    String fingerprint = server.fingerprint().text();
    Result get =
        Program.in(temp).run(token, "get", "-q", "--fingerprint", fingerprint, url("") + "six");
    assertThat(get.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(get.message())
        .endsWith("has 5 of them left; ask whoever gave it to you for another one");
  }
}

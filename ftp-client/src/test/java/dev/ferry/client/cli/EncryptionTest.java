package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.Endpoint;
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

/** First contact, pins, and both ends of different minds about encryption. */
class EncryptionTest {
  @TempDir Path temp;
  private Path root;
  private Map<String, String> environment;
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    Files.writeString(root.resolve("file"), "content");
    environment = Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString());
    server = serve(new Endpoint.Tcp("127.0.0.1", 0), false);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FerryServer serve(Endpoint endpoint, boolean plaintext) throws IOException {
    return FerryServer.serving(root)
        .listen(endpoint)
        .anonymous(Role.WRITER)
        .plaintext(plaintext)
        .drain(Duration.ZERO)
        .start();
  }

  private String url(String path) {
    return "ferry://" + server.endpoint() + path;
  }

  private Path pins() {
    return temp.resolve("config/known_servers");
  }

  private Result ferry(String... arguments) {
    return Program.in(temp).run(environment, arguments);
  }

  private Result onTerminal(String typed, String... arguments) {
    return Program.in(temp).input(typed).talking().run(environment, arguments);
  }

  @Test
  void anUnknownServerIsRefusedWithItsFingerprintAndWhatToDo() {
    Result result = ferry("stat", url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(result.message())
        .contains(server.fingerprint().text(), "--accept-new", "--fingerprint");
    assertThat(pins()).doesNotExist();
  }

  @Test
  void acceptNewRemembersIt() throws IOException {
    assertThat(ferry("stat", "--accept-new", "-q", url("/file")).code()).isEqualTo(ExitCode.OK);
    assertThat(pins()).hasContent("127.0.0.1:" + server.port() + " " + server.fingerprint());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pins())))
        .isEqualTo("rw-------");
    assertThat(ferry("get", url("/file"), "copy").code()).isEqualTo(ExitCode.OK);
    assertThat(temp.resolve("copy")).hasContent("content");
    assertThat(ferry("put", "copy", url("/again")).code()).isEqualTo(ExitCode.OK);
    assertThat(root.resolve("again")).hasContent("content");
  }

  @Test
  void theFingerprintThatIsAskedForNeedsNoPin() {
    String right = server.fingerprint().text();
    assertThat(ferry("stat", "--fingerprint", right, url("/file")).code()).isEqualTo(ExitCode.OK);
    assertThat(pins()).doesNotExist();
    String wrong = "SHA256:" + "A".repeat(43);
    Result result = ferry("stat", "--fingerprint", wrong, url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(result.message()).contains(right, wrong);
    assertThat(ferry("stat", "--fingerprint", "abc", url("/file")).code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aFingerprintIsNeverPassedOverBecauseNothingIsEncrypted() {
    String wrong = "SHA256:" + "A".repeat(43);
    Result result = ferry("stat", "--plaintext", "--fingerprint", wrong, url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message())
        .isEqualTo(
            "ferry stat: there is no identity to compare without encryption;"
                + " leave out --plaintext or --fingerprint");
    Result socket = ferry("stat", "--fingerprint", wrong, "ferry+unix:/no.sock::/file");
    assertThat(socket.code()).isEqualTo(ExitCode.USAGE);
    assertThat(socket.message()).endsWith("without encryption; leave out --fingerprint");
    Result shell = onTerminal("", "--plaintext", "--fingerprint", wrong, url("/"));
    assertThat(shell.code()).isEqualTo(ExitCode.USAGE);
    assertThat(shell.message()).startsWith("ferry: there is no identity");
  }

  @Test
  void aTerminalIsAskedOnce() {
    assertThat(onTerminal("no\n", "stat", url("/file")).code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(pins()).doesNotExist();
    Result result = onTerminal("yes\n", "stat", url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).contains(server.fingerprint().text(), "(yes/no)?");
    assertThat(onTerminal("", "stat", url("/file")).err()).isEmpty();
  }

  @Test
  void anAnswerThatIsNeitherYesNorNoIsAskedForAgain() {
    assertThat(onTerminal("y\nno\n", "stat", url("/file")).code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(onTerminal("y\n", "stat", url("/file")).code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(pins()).doesNotExist();
    String fingerprint = server.fingerprint().text();
    Result result = onTerminal("y\n" + fingerprint + "\n", "stat", url("/file"));
    assertThat(result.err()).contains("Type yes, no or the fingerprint: ");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void aChangedIdentityIsRefusedWhateverIsAsked() throws IOException {
    assertThat(ferry("stat", "--accept-new", url("/file")).code()).isEqualTo(ExitCode.OK);
    String before = server.fingerprint().text();
    Endpoint endpoint = server.endpoint();
    server.close();
    server = serve(endpoint, false);
    Result result = ferry("stat", "--accept-new", url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(result.message())
        .contains(before, server.fingerprint().text(), pins() + ":1", "remove that line");
  }

  @Test
  void brokenLinesAreNamedAndPassedOver() throws IOException {
    Files.createDirectories(pins().getParent());
    Files.writeString(pins(), "# mine\nhost:1 nonsense\n");
    Result result = ferry("stat", "--accept-new", url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.err()).contains(pins() + ":2 is ignored");
    assertThat(pins()).content().startsWith("# mine\nhost:1 nonsense\n127.0.0.1:");
  }

  @Test
  void anEncryptedServerAndAPlaintextClientTellEachOther() {
    Result result = ferry("stat", "--plaintext", url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.PROTOCOL);
    assertThat(result.message()).contains("--plaintext");
  }

  @Test
  void aPlaintextServerAndAnEncryptedClientTellEachOther() throws IOException {
    server.close();
    server = serve(server.endpoint(), true);
    Result result = ferry("stat", url("/file"));
    assertThat(result.code()).isEqualTo(ExitCode.PROTOCOL);
    assertThat(result.message()).contains("--plaintext");
  }

  @Test
  void saysWhatItUses() {
    assertThat(ferry("--version", "-v").out()).contains("TLS by ");
  }
}

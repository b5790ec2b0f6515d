package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.KnownAccounts;
import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody in between, with a certificate of their own: what they hear, and what users hear. */
class ManInTheMiddleTest {
  private static final int HELLO = 0x01;
  private static final int LOGIN = 0x02;
  private static final int PROOF = 0x08;
  private static final int TOKEN_KEY = 32;

  @TempDir Path temp;
  private final Map<String, String> environment = new HashMap<>();
  private final KnownAccounts accounts = new KnownAccounts();
  private FerryServer server;
  private InBetween between;

  @BeforeEach
  void start() throws Exception {
    environment.put("FERRY_CONFIG_DIR", temp.resolve("config").toString());
    assertThat(Program.in(temp).run(environment, "keygen", "key").code()).isEqualTo(ExitCode.OK);
    PublicKey key = PublicKey.parse(Files.readString(temp.resolve("key.pub")));
    accounts.add("alice", Role.WRITER, "/", key);
    Path root = Files.createDirectory(temp.resolve("root"));
    server = FerryServer.serving(root).accounts(accounts).drain(Duration.ZERO).start();
    between = new InBetween(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    between.close();
    server.close();
  }

  private String url(String user) {
    return "ferry://%s127.0.0.1:%d/".formatted(user, between.port());
  }

  private Path pins() {
    return temp.resolve("config/known_servers");
  }

  /** The user is warned, and nothing that could be used later was said. */
  private void isFoundOut(Result result, List<Integer> heard) {
    assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(result.err()).contains("may be in between", between.fingerprint());
    assertThat(between.frames()).isEqualTo(heard);
    assertThat(pins()).doesNotExist();
  }

  private String heard() {
    return new String(between.heard(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void passwordIsOfNoUseToThem() {
    environment.put("FERRY_PASSWORD", KnownAccounts.PASSWORD);
    Result result = Program.in(temp).run(environment, "ls", "--accept-new", url("alice@"));
    isFoundOut(result, List.of(HELLO, LOGIN, PROOF));
    assertThat(heard()).doesNotContain(KnownAccounts.PASSWORD);
  }

  @Test
  void whoeverSaysYesIsWarnedAsWell() {
    environment.put("FERRY_PASSWORD", KnownAccounts.PASSWORD);
    Result result = Program.in(temp).input("yes\n").talking().run(environment, "ls", url("alice@"));
    isFoundOut(result, List.of(HELLO, LOGIN, PROOF));
  }

  @Test
  void keyIsOfNoUseToThem() {
    Result result =
        Program.in(temp).run(environment, "ls", "--accept-new", "-i", "key", url("alice@"));
    isFoundOut(result, List.of(HELLO, LOGIN));
  }

  @Test
  void tokenIsOfNoUseToThem() {
    Token token = accounts.issue();
    environment.put("FERRY_TOKEN", token.text());
    Result result = Program.in(temp).run(environment, "ls", "--accept-new", url(""));
    isFoundOut(result, List.of(HELLO, LOGIN));
    String text = token.text().substring(token.text().indexOf('_') + 1);
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(heard()).doesNotContain(all.substring(all.length() - TOKEN_KEY));
  }

  @Test
  void knownServersAreToldNothingThroughThem() throws IOException {
    environment.put("FERRY_PASSWORD", KnownAccounts.PASSWORD);
    Files.createDirectories(pins().getParent());
    Files.writeString(
        pins(), "127.0.0.1:%d %s\n".formatted(between.port(), server.fingerprint().text()));
    Result pinned = Program.in(temp).run(environment, "ls", "--accept-new", url("alice@"));
    assertThat(pinned.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(pinned.message()).contains("has changed its identity", "may be in between");
    Result asked =
        Program.in(temp)
            .run(environment, "ls", "--fingerprint", server.fingerprint().text(), url("alice@"));
    assertThat(asked.code()).isEqualTo(ExitCode.IDENTITY);
    Result unknown =
        Program.in(temp)
            .run(Map.of("FERRY_CONFIG_DIR", temp.resolve("new").toString()), "ls", url(""));
    assertThat(unknown.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(between.heard()).isEmpty();
  }
}

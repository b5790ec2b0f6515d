package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.Registration;
import dev.ferry.server.account.StateFolder;
import dev.ferry.server.audit.AuditReader;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real client's transfers leave in a real server's audit log. */
class AuditedTransfersTest {
  private static final String PASSWORD = "planted-secret-tuna";

  @TempDir Path temp;
  private Path root;
  private Path local;
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    local = Files.createDirectory(temp.resolve("local"));
    StateFolder state = StateFolder.open(temp.resolve("state"));
    AccountFile.open(state)
        .add(
            new Account(
                "alice",
                new Account.Access(Frame.Role.WRITER, TreePath.of("team", "alice"), false),
                Scram.Verifier.of(Scram.password(PASSWORD.toCharArray())),
                List.of()));
    Files.createDirectories(root.resolve("team/alice/docs"));
    server =
        FerryServer.serving(root)
            .state(temp.resolve("state"))
            .registration(Registration.OPEN)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FerryClient connect(Credential credential) throws IOException {
    return FerryClient.connect(
        server.endpoint(),
        ClientOptions.encrypted(Trust.only(server.fingerprint())).with(credential));
  }

  private FerryClient alice() throws IOException {
    return connect(new Credential.Password("alice", Scram.password(PASSWORD.toCharArray())));
  }

  /** The log of the server, which is closed for that. */
  private List<String> lines() throws IOException {
    server.close();
    AuditReader.verify(StateFolder.open(temp.resolve("state")), null);
    return Files.readAllLines(temp.resolve("state/audit/000000000000000001.jsonl"));
  }

  private static List<String> of(String event, List<String> lines) {
    return lines.stream().filter(line -> line.contains(",\"event\":\"" + event + "\"")).toList();
  }

  private static GetRequest get(RemotePath source, Path target) {
    return new GetRequest(List.of(source), target, false, true, Rules.STANDARD);
  }

  private PutRequest put(String name, String target) throws IOException {
    return new PutRequest(
        List.of(new LocalSource(name, local.resolve(name))),
        RemotePath.of(TreePath.of(target)),
        true,
        Rules.STANDARD);
  }

  @Test
  void accountThatNobodyGotIntoIsInTheLog() throws IOException {
    Files.writeString(root.resolve("file"), "");
    String code =
        AccountFile.open(StateFolder.open(temp.resolve("state")))
            .invite(Frame.Role.READER, TreePath.of("file"), Instant.now().plusSeconds(600));
    Credential carol =
        new Credential.Registration(
            "carol",
            Scram.Verifier.of(Scram.password(PASSWORD.toCharArray())),
            Bytes.of(code.getBytes(StandardCharsets.US_ASCII)));
    assertThatThrownBy(
            () -> {
              try (FerryClient client = connect(carol)) {
                client.ping();
              }
            })
        .isInstanceOf(LoginRefusedException.class);
    assertThat(of("register", lines())).singleElement().asString().contains("\"user\":\"carol\"");
  }

  @Test
  void everyFileOfAJobIsNamedByItsRealPlace() throws IOException {
    Files.createDirectory(local.resolve("tree"));
    Files.writeString(local.resolve("tree/one"), "1");
    Files.writeString(local.resolve("tree/two"), "22");
    try (FerryClient client = alice()) {
      client.put(put("tree", "docs"), JobListener.NONE);
      client.put(put("tree", "docs"), JobListener.NONE);
      client.get(
          get(RemotePath.of(TreePath.of("docs", "tree")), temp.resolve("back")), JobListener.NONE);
      assertThatThrownBy(
              () ->
                  client.cat(
                      TreePath.of("no", "such"),
                      Channels.newChannel(OutputStream.nullOutputStream()),
                      0))
          .isInstanceOf(RefusedException.class);
    }
    List<String> lines = lines();
    String whose = "\"from\":\"127.0.0.1:";
    assertThat(of("put-file", lines))
        .hasSize(2)
        .allMatch(line -> line.contains(whose) && line.contains("\"user\":\"alice\""))
        .anyMatch(
            line ->
                line.endsWith(
                    "\"path\":\"/team/alice/docs/tree/two\",\"size\":2,\"bytes\":2,\"complete\":true}"))
        .anyMatch(line -> line.contains("\"path\":\"/team/alice/docs/tree/one\",\"size\":1"));
    assertThat(of("put-folder", lines))
        .singleElement()
        .asString()
        .contains("\"path\":\"/team/alice/docs/tree\"");
    assertThat(of("put", lines)).hasSize(2);
    assertThat(of("put", lines).getLast()).contains("\"unchanged\":3", "\"bytes\":0");
    assertThat(of("get-file", lines))
        .hasSize(3)
        .anyMatch(
            line ->
                line.endsWith(
                    "\"path\":\"/team/alice/docs/tree/two\",\"size\":2,\"bytes\":2,\"complete\":true}"))
        .last()
        .asString()
        .contains("\"path\":\"/team/alice/no/such\"", "\"complete\":false,\"code\":\"NOT-FOUND\"");
    assertThat(of("get", lines)).hasSize(2).first().asString().contains("\"bytes\":3");
  }

  @Test
  void whatIsCutOffIsSaidWithWhatHadMoved() throws IOException {
    Files.write(root.resolve("team/alice/large"), new byte[64 << 20]);
    FerryClient client = alice();
    WritableByteChannel leaving =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer bytes) {
            client.close();
            int all = bytes.remaining();
            bytes.position(bytes.limit());
            return all;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> client.cat(TreePath.of("large"), leaving, 0))
        .isInstanceOf(IOException.class);
    await().atMost(Duration.ofSeconds(30)).until(() -> server.sessions().list().isEmpty());
    List<String> lines = lines();
    assertThat(of("get-file", lines))
        .singleElement()
        .asString()
        .contains("\"path\":\"/team/alice/large\",\"size\":67108864")
        .containsPattern("\"bytes\":[1-9][0-9]*,\"complete\":false,\"code\":\"CANCELLED\"");
    assertThat(of("get", lines)).singleElement().asString().contains("\"complete\":false");
  }

  @Test
  void loginsAreToldWithTheirMethodAndWithoutTheirSecret() throws IOException {
    try (FerryClient client = alice()) {
      client.ping();
    }
    for (String user : List.of("alice", "nobody")) {
      Credential wrong =
          new Credential.Password(user, Scram.password("planted-wrong-trout".toCharArray()));
      assertThatThrownBy(() -> connect(wrong).ping()).isInstanceOf(RefusedException.class);
    }
    Scram.Verifier verifier = Scram.Verifier.of(Scram.password(PASSWORD.toCharArray()));
    try (FerryClient bob = connect(new Credential.Registration("bob", verifier, Bytes.NONE))) {
      bob.ping();
    }
    List<String> lines = lines();
    assertThat(of("login", lines)).hasSize(2);
    assertThat(of("login", lines).getFirst())
        .contains(
            "\"user\":\"alice\",\"method\":\"password\",\"role\":\"writer\",\"home\":\"/team/alice\"");
    assertThat(of("login", lines).getLast()).contains("\"user\":\"bob\",\"method\":\"register\"");
    assertThat(of("register", lines)).singleElement().asString().contains("\"user\":\"bob\"");
    assertThat(of("logout", lines)).hasSize(2);
    assertThat(of("login-refused", lines))
        .hasSize(2)
        .allMatch(line -> line.contains("\"method\":\"password\",\"code\":\"LOGIN-REFUSED\""))
        .first()
        .asString()
        .contains("\"user\":\"alice\"");
    assertThat(String.join("\n", lines)).doesNotContain("planted");
  }
}

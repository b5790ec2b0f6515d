package dev.ferry.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ferryd audit}, over logs that real processes wrote, and died over. */
class AuditCommandTest {
  private static final Credential.Exchange ANYBODY = Frame.Login::anonymous;
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea me";

  @TempDir Path root;
  @TempDir Path temp;
  private String out;
  private String err;

  private int run(String... words) {
    StringWriter printed = new StringWriter();
    StringWriter errors = new StringWriter();
    CommandLine command =
        Ferryd.commandLine()
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(errors, true));
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--state", state()));
    int code = command.execute(all.toArray(String[]::new));
    out = printed.toString();
    err = errors.toString();
    return code;
  }

  private String state() {
    return temp.resolve("state").toString();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(temp.resolve("state/audit/000000000000000001.jsonl"));
  }

  private FerrydProcess serve() throws IOException {
    return FerrydProcess.start(
        temp.resolve("err"),
        List.of(
            "serve",
            "--root=" + root,
            "--listen=127.0.0.1:0",
            "--plaintext",
            "--anonymous=write",
            "--durability=none",
            "--state=" + state()));
  }

  private static Link login(Endpoint endpoint) throws IOException {
    Link link = new Link(endpoint.connect(Duration.ofSeconds(10)), "ferryd", LinkTimes.STANDARD);
    link.deadline(Duration.ofSeconds(45), "did not answer");
    Greeting.say(link, "test", ANYBODY);
    link.flush();
    Greeting.hear(link, ANYBODY);
    return link;
  }

  private static void makeFolders(Link link, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      link.send(new Frame.MakeFolder(true, List.of("x")));
      if (i % 32 == 31) {
        link.flush();
        for (int reply = 0; reply < 32; reply++) {
          link.read();
        }
      }
    }
  }

  @Test
  void folderThatIsGoneIsNotIntact() throws IOException {
    run("token", "create", "--role", "reader");
    Path audit = temp.resolve("state/audit");
    Files.move(audit, temp.resolve("elsewhere"));
    assertThat(run("audit", "verify")).isEqualTo(7);
    assertThat(err)
        .isEqualTo(
            "ferryd: the folder %s is missing, and audit.head says that there was a log in it\n"
                .formatted(audit));
  }

  @Test
  void whatAdministratorsDoIsWrittenWithoutItsSecrets() throws IOException {
    Path key = Files.writeString(temp.resolve("key.pub"), KEY);
    run("user", "add", "alice", "--role", "writer", "--home", "/a", "--key", key.toString());
    run("user", "role", "alice", "reader");
    run("user", "lock", "alice");
    run("user", "unlock", "alice");
    run("user", "key", "alice", "--add", key.toString());
    run("user", "invite");
    String invitation = out.strip();
    run("token", "create", "--role", "reader");
    String token = out.strip();
    run("token", "list");
    run("token", "remove", out.substring(0, 16));
    run("user", "remove", "alice");
    run("user", "remove", "alice");
    assertThat(run("audit", "verify")).as(err).isZero();
    assertThat(out).matches("9 events, intact; end 9:[0-9a-f]{64}\n");
    assertThat(lines())
        .extracting(line -> line.replaceFirst(".*?\"event\":\"([a-z-]+)\".*", "$1"))
        .containsExactly(
            "user-add",
            "user-role",
            "user-lock",
            "user-unlock",
            "user-key",
            "user-invite",
            "token-create",
            "token-remove",
            "user-remove");
    assertThat(lines())
        .allMatch(line -> line.contains("\"by\":\"" + System.getProperty("user.name") + "\""))
        .noneMatch(line -> line.contains(invitation) || line.contains(token.substring(20)));
    assertThat(lines().getFirst())
        .contains("\"user\":\"alice\",\"role\":\"writer\",\"home\":\"/a\"", "\"keys\":1");
  }

  @Test
  void wrongLineIsNamedWithItsOwnCode() throws IOException {
    assertThat(run("audit", "verify")).isEqualTo(6);
    run("user", "invite");
    run("user", "invite");
    run("audit", "verify");
    String end = out.strip().replaceFirst(".* ", "");
    run("user", "invite");
    assertThat(run("audit", "verify", "--expect", end)).as(err).isZero();
    assertThat(run("audit", "verify", "--expect", "x")).isEqualTo(2);
    Path file = temp.resolve("state/audit/000000000000000001.jsonl");
    Files.writeString(file, Files.readString(file).replaceFirst("reader", "writer"));
    assertThat(run("audit", "verify")).isEqualTo(7);
    assertThat(err)
        .isEqualTo(
            "ferryd: "
                + file
                + ":2: its prev is not the SHA-256 of the line before: one of them was changed\n");
  }

  @Test
  void chainGoesOnThroughKillsOfAServerThatIsWriting() throws Exception {
    int rounds = Integer.getInteger("ferry.audit.kills", 3);
    for (int round = 1; round <= rounds; round++) {
      try (FerrydProcess ferryd = serve();
          Link link = login(ferryd.awaitReady())) {
        makeFolders(link, 640 * round);
        link.send(new Frame.MakeFolder(true, List.of("x")));
        link.flush();
        ferryd.kill();
      }
    }
    run("user", "invite");
    assertThat(run("audit", "verify")).as(err).isZero();
    List<String> lines = lines();
    assertThat(lines).filteredOn(line -> line.contains("\"event\":\"start\"")).hasSize(rounds);
    assertThat(lines).filteredOn(line -> line.contains("\"event\":\"mkdir\"")).isNotEmpty();
    assertThat(lines).noneMatch(line -> line.contains("\"event\":\"stop\""));
    assertThat(lines).noneMatch(line -> line.contains("audit-damaged"));
    assertThat(lines.getLast()).startsWith("{\"seq\":" + lines.size() + ",");
  }

  @Test
  void serverAndCommandsOfOtherProcessesWriteOneChain() throws Exception {
    int commands = 20;
    int folders = 3200;
    try (FerrydProcess ferryd = serve()) {
      try (Link link = login(ferryd.awaitReady())) {
        Thread administrator =
            Thread.ofPlatform()
                .start(
                    () -> {
                      for (int i = 0; i < commands; i++) {
                        run("user", "invite");
                      }
                    });
        makeFolders(link, folders);
        administrator.join();
        assertThat(run("audit", "verify")).as(err).isZero();
      }
      ferryd.terminate();
      assertThat(ferryd.exitCode()).isZero();
    }
    assertThat(run("audit", "verify")).as(err).isZero();
    assertThat(out).startsWith(4 + commands + folders + " events, intact; end ");
    assertThat(lines()).filteredOn(line -> line.contains("\"mkdir\"")).hasSize(folders);
    assertThat(lines()).filteredOn(line -> line.contains("user-invite")).hasSize(commands);
  }

  /** As docs/operations.md says. */
  @Test
  void chainCanBeCheckedWithJqAndSha256sum() throws Exception {
    assumeTrue(
        Stream.of("/usr/bin/jq", "/usr/bin/sha256sum")
            .allMatch(t -> Files.isExecutable(Path.of(t))),
        "jq and sha256sum");
    for (int i = 0; i < 5; i++) {
      run("user", "invite");
    }
    String manual = Files.readString(Path.of("../docs/operations.md"));
    int begin = manual.indexOf("prev=");
    String script = manual.substring(begin, manual.indexOf("```", begin));
    assertThat(checked(script)).isEmpty();
    Path file = temp.resolve("state/audit/000000000000000001.jsonl");
    Files.writeString(file, Files.readString(file).replaceFirst("reader", "writer"));
    assertThat(checked(script)).isEqualTo("wrong before event 2\n");
  }

  private String checked(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(temp.resolve("state").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}

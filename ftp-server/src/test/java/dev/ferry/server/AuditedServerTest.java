package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Login;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.account.StateFolder;
import dev.ferry.server.audit.AuditReader;
import dev.ferry.transfer.link.BusyException;
import dev.ferry.transfer.link.Greeting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server writes into its audit log about strangers, sessions and requests. */
class AuditedServerTest {
  private static final String STRING =
      "\"(?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\]|\\\\u[0-9a-f]{4})*\"";
  private static final String MEMBER = STRING + ":(?:" + STRING + "|-?[0-9]+|true|false)";
  private static final Pattern FLAT_JSON =
      Pattern.compile("\\{%s(?:,%s)*\\}".formatted(MEMBER, MEMBER));
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  private static final List<String> PARTS =
      List.of(
          "\n",
          "\r\n",
          "\t",
          "\u001b[2J",
          "\u0007",
          "\u007f",
          "\u0085",
          "\u009b31m",
          "\u202e",
          "\u2066",
          "\u200b",
          "\ufeff",
          "\u2028",
          "\u2029",
          "\u00ad",
          "\ud83d\ude80",
          "\"",
          "\\",
          "\\u000a",
          "\",\"event\":\"faked\"}",
          "{",
          "}",
          "..",
          "/",
          "ü",
          "a",
          "\0",
          "'",
          "%s",
          "=");

  @TempDir Path root;
  @TempDir Path temp;
  private final ServerFixture fixture = new ServerFixture();

  private ServerBuilder server() {
    return fixture.on(root).state(temp.resolve("state"));
  }

  private List<String> lines() throws IOException {
    List<String> lines = Files.readAllLines(temp.resolve("state/audit/000000000000000001.jsonl"));
    assertThat(AuditReader.verify(StateFolder.open(temp.resolve("state")), null).events())
        .isEqualTo(lines.size());
    assertThat(lines)
        .allMatch(line -> FLAT_JSON.matcher(line).matches())
        .noneMatch(line -> INVISIBLE.matcher(line).find());
    return lines;
  }

  private static List<String> of(String event, List<String> lines) {
    return lines.stream().filter(line -> line.contains(",\"event\":\"" + event + "\"")).toList();
  }

  private static List<String> events(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst(".*?\"event\":\"([a-z-]+)\".*", "$1"))
        .toList();
  }

  private static void refused(FerryServer server, Login login) throws IOException {
    try (RawClient stranger = RawClient.connect(server)) {
      Greeting.say(stranger.link, "test/1", () -> login);
      stranger.link.flush();
      assertThatThrownBy(() -> Greeting.hear(stranger.link, () -> login))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void sessionIsToldFromItsLoginToItsEnd() throws IOException {
    String id;
    int port;
    try (FerryServer server = server().start()) {
      try (RawClient client = RawClient.connect(server)) {
        id = client.greet().session();
        port = client.channel.socket().getLocalPort();
        client.ask(new Frame.MakeFolder(true, List.of("a", "b")));
        client.ask(new Frame.Rename(List.of("a", "b"), List.of("c")));
        client.ask(new Frame.Remove(true, List.of("a")));
        client.ask(new Frame.Remove(false, List.of("gone")));
        client.ask(new Frame.Stat(List.of("c")));
        client.ask(new Frame.Quit());
        assertThat(client.isClosedByServer()).isTrue();
      }
      await().until(() -> !fixture.lines("close").isEmpty());
    }
    List<String> lines = lines();
    assertThat(events(lines))
        .containsExactly("start", "login", "mkdir", "rename", "remove", "remove", "logout", "stop");
    String whose =
        "\"conn\":\"%s\",\"from\":\"127.0.0.1:%d\",\"user\":\"anonymous\"".formatted(id, port);
    assertThat(lines.subList(1, 7)).allMatch(line -> line.contains(whose));
    assertThat(lines.get(1))
        .contains("\"method\":\"anonymous\",\"role\":\"writer\",\"home\":\"/\"");
    assertThat(lines.get(2)).contains("\"path\":\"/a/b\"", ".1\"", "\"count\":2");
    assertThat(lines.get(3)).contains("\"path\":\"/a/b\",\"to\":\"/c\"");
    assertThat(lines.get(5)).contains("\"path\":\"/gone\"", "\"code\":\"NOT-FOUND\"");
    assertThat(lines.get(6)).containsPattern("\"received\":[1-9][0-9]*,\"sent\":[1-9][0-9]*");
  }

  @Test
  void whoeverIsRefusedOrTurnedAwayIsNamed() throws IOException {
    try (FerryServer server = server().maxConnections(1).start();
        RawClient _ = RawClient.login(server)) {
      refused(server, new Login(Login.TOKEN, "", Bytes.of(new byte[73])));
      refused(server, new Login(Login.KEY, "mallory", Bytes.of(new byte[128])));
      try (RawClient second = RawClient.connect(server)) {
        assertThatThrownBy(second::greet).isInstanceOf(BusyException.class);
      }
    }
    List<String> lines = lines();
    assertThat(of("login-refused", lines))
        .hasSize(2)
        .allMatch(line -> line.contains("\"from\":\"127.0.0.1:"))
        .last()
        .asString()
        .contains("\"user\":\"mallory\",\"method\":\"key\",\"code\":");
    assertThat(of("turned-away", lines)).singleElement().asString().contains("server full");
  }

  @Test
  void whyASessionEndedIsSaid() throws IOException {
    try (FerryServer server = server().start();
        RawClient one = RawClient.connect(server);
        RawClient two = RawClient.login(server)) {
      server.sessions().end(one.greet().session());
      // Cut without a word if its greeting was not quite over.
      assertThat(one.end()).isIn(ErrorCode.LOGIN_REFUSED, null);
      await().until(() -> fixture.lines("close").size() == 1);
      two.bytes(new byte[64]);
      assertThat(two.end()).isEqualTo(ErrorCode.PROTOCOL);
      await().until(() -> fixture.lines("close").size() == 2);
    }
    assertThat(of("logout", lines()))
        .hasSize(2)
        .first()
        .asString()
        .endsWith("\"msg\":\"ended by an administrator\"}");
    assertThat(of("logout", lines()).getLast()).contains("\"msg\":");
  }

  @Test
  void hostileTextMakesNoLineAndHidesNothing() throws IOException {
    Random random = new Random(20_620);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder name = new StringBuilder();
      for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
        name.append(PARTS.get(random.nextInt(PARTS.size())));
      }
      names.add(name.toString());
    }
    try (FerryServer server = server().start();
        RawClient client = RawClient.login(server)) {
      for (String name : names) {
        refused(server, new Login(Login.KEY, name, Bytes.of(new byte[128])));
        client.ask(new Frame.MakeFolder(false, List.of(name)));
        client.ask(new Frame.Rename(List.of("no", name), List.of(name, "no")));
      }
    }
    List<String> lines = lines();
    assertThat(of("login-refused", lines)).hasSize(names.size());
    assertThat(of("mkdir", lines)).hasSize(names.size());
    assertThat(of("rename", lines)).hasSize(names.size());
    assertThat(of("faked", lines)).isEmpty();
    assertThat(lines).hasSize(3 * names.size() + 4);
  }

  @Test
  void nobodyNewIsServedWhileItCannotBeWritten() throws IOException {
    Path audit = temp.resolve("state/audit");
    try (FerryServer server = server().start();
        RawClient old = RawClient.login(server)) {
      Files.move(audit, temp.resolve("away"));
      Files.writeString(audit, "");
      old.ask(new Frame.MakeFolder(false, List.of("unwritten")));
      await().atMost(Duration.ofSeconds(30)).until(() -> !fixture.lines("audit-failed").isEmpty());
      assertThat(fixture.lines("audit-failed"))
          .singleElement()
          .asString()
          .contains("state: ", audit.toString())
          .doesNotContain("Exception");
      try (RawClient fresh = RawClient.connect(server)) {
        assertThatThrownBy(fresh::greet)
            .isInstanceOf(BusyException.class)
            .hasMessageContaining("cannot write its audit log");
      }
      assertThat(old.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
      Files.delete(audit);
      Files.move(temp.resolve("away"), audit);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> fixture.log.stream().anyMatch(line -> line.endsWith("event=audit-works")));
      RawClient.login(server).close();
    }
    assertThat(of("mkdir", lines())).hasSize(1);
  }

  @Test
  void damageIsSaidAtTheNextStart() throws IOException {
    server().start().close();
    assertThat(fixture.lines("audit-damaged")).isEmpty();
    Files.delete(temp.resolve("state/audit.head"));
    server().start().close();
    assertThat(fixture.lines("audit-damaged"))
        .singleElement()
        .asString()
        .contains("level=error", "audit.head is missing or damaged; see: ferryd audit verify");
  }

  @Test
  void serverThatCannotBeginItsLogDoesNotStart() throws IOException {
    server().start().close();
    Path audit = temp.resolve("state/audit");
    Files.move(audit, temp.resolve("away"));
    Files.writeString(audit, "");
    assertThatThrownBy(() -> server().start())
        .isInstanceOfSatisfying(
            StartException.class,
            e -> assertThat(e.problem()).isEqualTo(StartException.Problem.STATE))
        .hasMessageContaining("cannot write the audit log");
  }

  @Test
  void serverWithoutAStateFolderKeepsNone() throws IOException {
    try (FerryServer server = fixture.on(root).start();
        RawClient client = RawClient.login(server)) {
      client.ask(new Frame.MakeFolder(false, List.of("a")));
    }
    assertThat(temp).isEmptyDirectory();
  }
}

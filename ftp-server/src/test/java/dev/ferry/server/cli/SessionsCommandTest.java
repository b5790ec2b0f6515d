package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ferryd sessions}, by what it prints and what happens to sessions. */
class SessionsCommandTest {
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
    int code = command.execute(words);
    out = printed.toString();
    err = errors.toString();
    return code;
  }

  private String state() {
    return temp.resolve("state").toString();
  }

  private FerryServer serve() throws IOException {
    return serve(_ -> {});
  }

  private FerryServer serve(Consumer<String> log) throws IOException {
    return FerryServer.serving(root)
        .state(temp.resolve("state"))
        .anonymous(Role.READER)
        .plaintext(true)
        .log(log)
        .start();
  }

  private static Link login(Endpoint endpoint, Credential.Exchange exchange) throws IOException {
    Link link = new Link(endpoint.connect(Duration.ofSeconds(10)), "ferryd", LinkTimes.STANDARD);
    link.deadline(Duration.ofSeconds(45), "did not answer");
    Visitor.greet(link, exchange);
    return link;
  }

  @Test
  void printsATableOrObjects() throws IOException {
    try (FerryServer server = serve();
        Link _ = login(server.endpoint(), Visitor.ANYBODY)) {
      assertThat(run("sessions", "--state", state())).as(err).isZero();
      List<String> lines = out.lines().toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.getFirst()).startsWith("ID        USER       ROLE    FROM");
      assertThat(lines.getLast())
          .matches(
              "[0-9a-z]{8}  anonymous  reader  127\\.0\\.0\\.1:[0-9]+ +[-0-9]+T[:0-9]+Z  idle"
                  + " +[0-9]+ +[0-9]+");
      assertThat(run("sessions", "--state", state(), "--json")).isZero();
      assertThat(out)
          .matches(
              "\\{\"id\":\"[0-9a-z]{8}\",\"user\":\"anonymous\",\"role\":\"reader\",\"from\":\"127\\.0\\.0\\.1:[0-9]+\",\"since\":\"[-.:TZ0-9]+\",\"doing\":\"idle\",\"received\":[0-9]+,\"sent\":[0-9]+\\}\n");
    }
  }

  @Test
  void endsTheSessionThatIsNamed() throws IOException {
    try (FerryServer server = serve();
        Link link = login(server.endpoint(), Visitor.ANYBODY)) {
      String id = server.sessions().list().getFirst().id();
      assertThat(run("sessions", "end", "--state", state(), "nosuch1")).isEqualTo(5);
      assertThat(err).isEqualTo("ferryd: there is no session nosuch1; see: ferryd sessions\n");
      assertThat(run("sessions", "end", "a\nb", "--state", state())).isEqualTo(5);
      assertThat(run("sessions", "--state", state(), "end", id)).as(err).isZero();
      assertThat(link.read()).isInstanceOf(Frame.Failure.class);
      assertThat(Files.readAllLines(temp.resolve("state/audit/000000000000000001.jsonl")))
          .filteredOn(line -> line.contains("\"event\":\"session-end\""))
          .singleElement()
          .asString()
          .contains("\"conn\":\"" + id + "\"", "\"by\":");
    }
  }

  @Test
  void serverWithoutASocketIsNotSaidToBeMissing() throws IOException {
    serve().close();
    Path control = Files.createDirectory(temp.resolve("state/control"));
    List<String> log = new CopyOnWriteArrayList<>();
    try (FerryServer _ = serve(log::add)) {
      assertThat(run("sessions", "--state", state())).isEqualTo(3);
      assertThat(err).contains(control + " is in the way of the server's socket: remove it");
      assertThat(log).anyMatch(line -> line.contains("event=control"));
    }
  }

  @Test
  void withoutAServerItSaysSoWithItsOwnCode() throws IOException {
    serve().close();
    assertThat(run("sessions", "--state", state())).isEqualTo(3);
    assertThat(err).isEqualTo("ferryd: no ferryd serves with the state folder " + state() + "\n");
    assertThat(run("sessions", "end", "abc", "--state", state())).isEqualTo(3);
    assertThat(run("sessions", "--state", temp.resolve("none").toString())).isEqualTo(6);
    assertThat(temp.resolve("none")).doesNotExist();
  }

  @Test
  void socketOfAKilledServerIsReplaced() throws Exception {
    List<String> args =
        List.of(
            "serve",
            "--root=" + root,
            "--listen=127.0.0.1:0",
            "--plaintext",
            "--anonymous=read",
            "--state=" + state());
    try (FerrydProcess killed = FerrydProcess.start(temp.resolve("err"), args)) {
      try (Link _ = login(killed.awaitReady(), Visitor.ANYBODY)) {
        assertThat(run("sessions", "--state", state())).as(err).isZero();
        assertThat(out.lines()).hasSize(2);
      }
      killed.kill();
    }
    assertThat(temp.resolve("state/control")).exists();
    assertThat(run("sessions", "--state", state())).isEqualTo(3);
    try (FerryServer _ = serve()) {
      assertThat(run("sessions", "--state", state())).as(err).isZero();
    }
  }

  /** Three times, because the server also looks by itself, once a second. */
  @Test
  void takingATokenBackEndsItsSessionsBeforeTheCommandReturns() throws IOException {
    List<String> log = new CopyOnWriteArrayList<>();
    try (FerryServer server = serve(log::add)) {
      for (int ended = 1; ended <= 3; ended++) {
        run("token", "create", "--role", "reader", "--state", state());
        Token token = Token.parse(out);
        try (Link _ = login(server.endpoint(), new Credential.ByToken(token).begin(Binding.NONE))) {
          run("token", "remove", token.id().toString(), "--state", state());
          assertThat(log).filteredOn(line -> line.contains("event=ended ")).hasSize(ended);
        }
      }
    }
  }
}

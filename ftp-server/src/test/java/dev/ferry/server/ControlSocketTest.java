package dev.ferry.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.server.account.Sessions;
import dev.ferry.server.account.StateFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a running server is administered, by real sockets in real state folders. */
class ControlSocketTest {
  @TempDir Path root;
  @TempDir Path temp;
  private final ServerFixture fixture = new ServerFixture();

  private ServerBuilder server() {
    return fixture.on(root).state(temp.resolve("state"));
  }

  private RunningServer running() throws IOException {
    return RunningServer.of(StateFolder.open(temp.resolve("state")));
  }

  private static byte[] exchange(Path socket, byte[] request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(request));
      channel.shutdownOutput();
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  @Test
  void listsWhoIsLoggedInAndWhatTheyDo() throws IOException {
    Gate gate = new Gate();
    try (FerryServer server = server().layer(tree -> new SlowStat(tree, gate)).start();
        RawClient idle = RawClient.connect(server);
        RawClient busy = RawClient.connect(server)) {
      assertThat(running().sessions()).isEmpty();
      Frame.Welcome welcome = idle.greet();
      busy.greet();
      busy.send(new Frame.Stat(List.of("slow")));
      gate.awaitReached();
      List<Sessions.SessionInfo> sessions = running().sessions();
      assertThat(sessions).isEqualTo(server.sessions().list()).hasSize(2);
      Sessions.SessionInfo first = sessions.getFirst();
      assertThat(first.id()).isEqualTo(welcome.session());
      assertThat(first.user()).isEqualTo("anonymous");
      assertThat(first.peer()).isEqualTo("127.0.0.1:" + port(idle));
      assertThat(first.since()).isBetween(Instant.now().minusSeconds(60), Instant.now());
      assertThat(first.received()).isPositive();
      assertThat(first.sent()).isPositive();
      assertThat(sessions).extracting(Sessions.SessionInfo::doing).containsExactly("idle", "stat");
      gate.open();
    }
  }

  private static int port(RawClient client) throws IOException {
    return client.channel.socket().getLocalPort();
  }

  @Test
  void endsOneAndNoOther() throws IOException {
    try (FerryServer server = server().start();
        RawClient one = RawClient.connect(server);
        RawClient other = RawClient.login(server)) {
      String id = one.greet().session();
      assertThat(running().end("nosuch")).isFalse();
      assertThat(running().end(id)).isTrue();
      assertThat(one.end()).isEqualTo(ErrorCode.LOGIN_REFUSED);
      await().until(() -> running().sessions().size() == 1);
      assertThat(other.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    }
  }

  @Test
  void isItsUsersAloneAndGoneWithTheServer() throws IOException {
    Path socket = temp.resolve("state/control");
    try (FerryServer _ = server().start()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(socket).doesNotExist();
    assertThatThrownBy(() -> running().sessions())
        .isInstanceOf(NoServerException.class)
        .hasMessage("no ferryd serves with the state folder " + temp.resolve("state"));
  }

  @Test
  void refusesOtherUsersEvenWhereTheFolderIsOpen() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat");
    assumeTrue("root".equals(System.getProperty("user.name")), "root, who can be others");
    Path socket = temp.resolve("state/control");
    try (FerryServer _ = server().start()) {
      assertThat(connected(socket, 0)).isEqualTo("ok\n");
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
      for (Path above = socket.getParent(); above.startsWith("/tmp"); above = above.getParent()) {
        if (above.getNameCount() > 1) {
          Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
      assertThat(connected(socket, 65_534)).doesNotContain("ok\n", "Permission denied");
      assertThat(connected(socket, 0)).isEqualTo("ok\n");
    }
  }

  /** What a user hears who asks for the sessions. */
  private static String connected(Path socket, int user) throws Exception {
    Process process =
        new ProcessBuilder(
                "setpriv",
                "--reuid=" + user,
                "--clear-groups",
                "socat",
                "-",
                "UNIX-CONNECT:" + socket)
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().write("list\n".getBytes(UTF_8));
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return answer;
  }

  @Test
  void longStateFolderIsNoReasonNotToServe() throws IOException {
    Path state = temp.resolve("s".repeat(120));
    try (FerryServer server = fixture.on(root).state(state).start();
        RawClient client = RawClient.login(server)) {
      assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
      assertThat(fixture.lines("control"))
          .singleElement()
          .asString()
          .contains("level=warn", "ferryd sessions does not work", "at most 107 bytes");
      RunningServer here = RunningServer.of(StateFolder.open(state));
      assertThatThrownBy(here::sessions)
          .isInstanceOf(NoServerException.class)
          .hasMessageContaining("too long for a Unix socket");
    }
  }

  @Test
  void somethingElseOfItsNameIsNoReasonNotToServe() throws IOException {
    server().start().close();
    Path file = Files.writeString(temp.resolve("state/control"), "precious");
    server().start().close();
    assertThat(file).hasContent("precious");
    assertThat(fixture.lines("control")).singleElement().asString().contains("is no socket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "list", "LIST\n", "list it\nlist\n", "end\n", "end \n", "stop\n"})
  void whatIsNoRequestHasNoAnswerOfSuccess(String request) throws IOException {
    try (FerryServer _ = server().start()) {
      String answer =
          new String(exchange(temp.resolve("state/control"), request.getBytes(UTF_8)), UTF_8);
      assertThat(answer).isIn(request.startsWith("list it") ? "ok\n" : "", "none\n");
      assertThat(running().sessions()).isEmpty();
    }
  }

  @Test
  void noBytesStopIt() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (FerryServer _ = server().start()) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        try {
          exchange(temp.resolve("state/control"), bytes);
        } catch (IOException _) {
          // It does not read all of it.
        }
      }
      assertThat(running().sessions()).as("seed %d", seed).isEmpty();
      assertThat(fixture.lines("defect")).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void whoSaysNothingHoldsTheOthersUpForAMomentOnly() throws IOException {
    List<String> log = new ArrayList<>();
    StateFolder state = StateFolder.open(temp.resolve("state"));
    Sessions nobody = new LoggedIn(new Connections(ServerLimits.STANDARD, new Slots(1)), null);
    Path socket = ControlSocket.path(state.path());
    try (ControlSocket _ =
        ControlSocket.open(
            state.path(),
            nobody,
            new EventLog(log::add, InstantSource.system()),
            Duration.ofMillis(100))) {
      List<SocketChannel> silent = new ArrayList<>();
      for (int i : IntStream.range(0, 5).toArray()) {
        silent.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        silent.get(i).write(ByteBuffer.wrap(new byte[] {'l'}));
      }
      assertThat(running().sessions()).isEmpty();
      for (SocketChannel one : silent) {
        assertThat(one.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        one.close();
      }
    }
    assertThat(log).isEmpty();
  }
}

package dev.ferry.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes before WELCOME (spec 5.1, 5.2), and what is no greeting at all. */
class GreetingTest {
  private static final Frame.Hello HELLO = new Frame.Hello(1, 1, "test", List.of());
  private static final Frame.Login LOGIN = new Frame.Login(0, "", Bytes.NONE);

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    server = fixture.on(root).start();
  }

  @AfterEach
  void serverIsAliveAndStops() throws IOException {
    try (RawClient client = RawClient.login(server)) {
      assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    }
    server.close();
  }

  @Test
  void welcomeNamesRoleSessionAndIdleTime() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      Frame.Welcome welcome = client.greet();
      assertThat(welcome.role()).isEqualTo(Frame.Role.WRITER);
      assertThat(welcome.session()).matches("[0-9a-z]{8}");
      assertThat(welcome.idleSeconds()).isEqualTo(60);
      await()
          .untilAsserted(
              () ->
                  assertThat(fixture.lines("login"))
                      .singleElement()
                      .asString()
                      .contains(" conn=" + welcome.session() + " "));
    }
  }

  @Test
  void requestsMayFollowTheLoginAtOnce() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(HELLO, LOGIN, new Frame.Ping(), new Frame.Stat(List.of()));
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      assertThat(client.read()).isInstanceOf(Frame.Welcome.class);
      client.link.loggedIn();
      assertThat(client.read()).isEqualTo(new Frame.Ok(0));
      assertThat(client.read()).isInstanceOf(Frame.Attributes.class);
    }
  }

  @Test
  void framesMayComeByteByByte() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      for (Frame frame : List.of(HELLO, LOGIN, new Frame.Ping())) {
        ByteBuffer bytes = FrameCodec.encode(frame);
        while (bytes.hasRemaining()) {
          client.bytes(bytes.get());
        }
      }
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      assertThat(client.read()).isInstanceOf(Frame.Welcome.class);
      assertThat(client.read()).isEqualTo(new Frame.Ok(0));
    }
  }

  @Test
  void helloIsAnsweredBeforeTheLoginComes() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(HELLO);
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      client.send(LOGIN);
      assertThat(client.read()).isInstanceOf(Frame.Welcome.class);
    }
  }

  @Test
  void unknownVersionIsRefused() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(new Frame.Hello(2, 9, "test", List.of()), LOGIN);
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      assertEnds(client, ErrorCode.VERSION);
    }
  }

  @Test
  void higherVersionsAndUnknownFeaturesAreNoObstacle() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(new Frame.Hello(1, 9, "test", List.of("teleport")), LOGIN);
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      assertThat(client.read()).isInstanceOf(Frame.Welcome.class);
    }
  }

  @Test
  void unknownLoginMethodEndsTheConnection() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(HELLO, new Frame.Login(7, "", Bytes.NONE));
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      assertEnds(client, ErrorCode.LOGIN_REFUSED);
    }
  }

  @Test
  void anonymousLoginWithANameIsRefused() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.send(HELLO, new Frame.Login(0, "alice", Bytes.NONE));
      assertThat(client.read()).isInstanceOf(Frame.Hello.class);
      assertEnds(client, ErrorCode.PROTOCOL);
    }
  }

  @Test
  void garbageEndsTheConnectionWithProtocol() throws IOException {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    try (RawClient client = RawClient.connect(server)) {
      client.bytes(garbage);
      assertEnds(client, ErrorCode.PROTOCOL);
    }
    await().untilAsserted(() -> assertThat(fixture.lines("refused")).hasSize(1));
  }

  @Test
  void httpRequestEndsTheConnectionWithProtocol() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      assertEnds(client, ErrorCode.PROTOCOL);
    }
  }

  @Test
  void frameThatClaimsFourGibibytesIsRefusedAtItsHeader() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.bytes(
          (byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) 1, (byte) 0, (byte) 0, (byte) 0);
      assertEnds(client, ErrorCode.PROTOCOL);
    }
  }

  @Test
  void payloadBeyondFourKibibytesIsRefusedBeforeLogin() throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.bytes(
          (byte) 0, (byte) 0, (byte) 0x10, (byte) 1, (byte) 1, (byte) 0, (byte) 0, (byte) 0);
      assertEnds(client, ErrorCode.PROTOCOL);
    }
  }

  @Test
  void connectionThatSaysNothingAndLeavesIsNoError() throws IOException {
    RawClient.connect(server).close();
    await().untilAsserted(() -> assertThat(fixture.lines("close")).hasSize(1));
    assertThat(fixture.log).noneMatch(line -> line.contains("level=error"));
  }

  @Test
  void whoDoesNotLogInInTimeIsToldAndClosed() throws IOException {
    try (FerryServer impatient =
            fixture.on(root).times(ServerFixture.times(100, 60_000, 1_000)).start();
        RawClient client = RawClient.connect(impatient)) {
      client.bytes((byte) 0, (byte) 0);
      assertEnds(client, ErrorCode.TIMEOUT);
    }
  }

  private static void assertEnds(RawClient client, ErrorCode code) throws IOException {
    Frame last = client.read();
    assertThat(last).isInstanceOf(Frame.Failure.class);
    assertThat(((Frame.Failure) last).reason().known()).isEqualTo(code);
    assertThat(client.isClosedByServer()).isTrue();
  }
}

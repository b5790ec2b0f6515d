package dev.ferry.server;

import static dev.ferry.protocol.FrameType.ABORT;
import static dev.ferry.protocol.FrameType.ALIVE;
import static dev.ferry.protocol.FrameType.ENTRY;
import static dev.ferry.protocol.FrameType.ENTRY_ERROR;
import static dev.ferry.protocol.FrameType.ERROR;
import static dev.ferry.protocol.FrameType.GET;
import static dev.ferry.protocol.FrameType.HELLO;
import static dev.ferry.protocol.FrameType.JOB_DONE;
import static dev.ferry.protocol.FrameType.JOB_END;
import static dev.ferry.protocol.FrameType.LOGIN;
import static dev.ferry.protocol.FrameType.PUT;
import static dev.ferry.protocol.FrameType.QUIT;
import static dev.ferry.protocol.FrameType.RESULT;
import static dev.ferry.protocol.FrameType.WANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every frame in every state of a connection: it is understood, or it ends the connection. */
class StatesTest {
  private static final Set<FrameType> REQUESTS = EnumSet.range(FrameType.LIST, FrameType.JOIN);

  private static final List<String> PATH = List.of("folder");

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    server = fixture.on(root).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void beforeHello(FrameType type) throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.bytes(Samples.bytes(type));
      if (type == HELLO) {
        client.bytes(Samples.bytes(LOGIN));
        assertThat(client.read()).isInstanceOf(Frame.Hello.class);
        assertThat(client.read()).isInstanceOf(Frame.Welcome.class);
      } else if (type == ERROR) {
        assertThat(client.end()).isNull();
      } else {
        assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void beforeLogin(FrameType type) throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      client.bytes(Samples.bytes(HELLO));
      client.bytes(Samples.bytes(type));
      if (type == LOGIN || type == ALIVE) {
        if (type == ALIVE) {
          client.bytes(Samples.bytes(LOGIN));
        }
        assertThat(client.read()).isInstanceOf(Frame.Hello.class);
        assertThat(client.read()).isInstanceOf(Frame.Welcome.class);
      } else if (type == ERROR) {
        assertThat(client.end()).isNull();
      } else {
        assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void whereARequestIsExpected(FrameType type) throws IOException {
    try (RawClient client = RawClient.login(server)) {
      client.bytes(Samples.bytes(type));
      if (type == QUIT) {
        assertThat(client.read()).isEqualTo(new Frame.Ok(0));
        assertThat(client.isClosedByServer()).isTrue();
      } else if (type == ERROR) {
        assertThat(client.end()).isNull();
      } else if (REQUESTS.contains(type)) {
        client.read();
        assertWorks(client);
      } else if (type == ALIVE) {
        assertWorks(client);
      } else if (type == GET) {
        assertThat(client.read()).isInstanceOf(Frame.EntryError.class);
      } else if (type == PUT) {
        assertThat(client.read()).isInstanceOf(Frame.Job.class);
      } else {
        assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
      }
    }
    assertServes();
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void whereTheServerReceives(FrameType type) throws IOException {
    Set<FrameType> allowed = EnumSet.of(ALIVE, ENTRY, ENTRY_ERROR, JOB_END, ABORT);
    assertInJob(PUT, type, allowed);
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void whereTheServerSends(FrameType type) throws IOException {
    Set<FrameType> allowed = EnumSet.of(ALIVE, WANT, RESULT, JOB_DONE, ABORT);
    assertInJob(GET, type, allowed);
  }

  /**
   * After a frame that is allowed the job can be aborted in order; another one ends the connection.
   */
  private void assertInJob(FrameType opening, FrameType type, Set<FrameType> allowed)
      throws IOException {
    try (RawClient client = RawClient.login(server)) {
      client.bytes(Samples.bytes(opening));
      if (type == JOB_END) {
        client.bytes(Samples.bytes(ENTRY_ERROR));
      } else if (type == JOB_DONE && opening == GET) {
        awaitJobEnd(client);
      }
      client.bytes(Samples.bytes(type));
      if (type == ERROR) {
        assertThat(client.end()).isNull();
      } else if (!allowed.contains(type)) {
        assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
      } else if (type == JOB_DONE) {
        untilOk(client);
      } else if (type == JOB_END || type == ABORT) {
        assertThat(untilOk(client)).isNotEmpty();
      } else {
        client.bytes(Samples.bytes(ABORT));
        assertThat(untilOk(client)).isNotEmpty();
      }
    }
    assertServes();
  }

  private static void awaitJobEnd(RawClient client) throws IOException {
    Frame frame = client.read();
    while (!(frame instanceof Frame.JobEnd)) {
      frame = client.read();
    }
  }

  /** The frames of the job until the reply to a PING behind it. */
  private static List<Frame> untilOk(RawClient client) throws IOException {
    List<Frame> before = new ArrayList<>();
    client.bytes(Samples.bytes(FrameType.PING));
    for (Frame frame = client.read(); !(frame instanceof Frame.Ok); frame = client.read()) {
      before.add(frame);
    }
    return before;
  }

  @Test
  void abortThatCrossedTheEndOfAPutIsDroppedOnce() throws IOException {
    try (RawClient client = RawClient.login(server)) {
      client.bytes(Samples.bytes(PUT));
      client.bytes(Samples.bytes(ENTRY_ERROR));
      client.bytes(Samples.bytes(JOB_END));
      client.bytes(Samples.bytes(ABORT));
      assertThat(untilOk(client)).last().isInstanceOf(Frame.JobDone.class);
      client.bytes(Samples.bytes(ABORT));
      assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
    }
  }

  @Test
  void secondAbortBehindTheEndOfAPutIsNotDropped() throws IOException {
    try (RawClient client = RawClient.login(server)) {
      client.bytes(Samples.bytes(PUT));
      client.bytes(Samples.bytes(ENTRY_ERROR));
      client.bytes(Samples.bytes(JOB_END));
      client.bytes(Samples.bytes(ABORT));
      client.bytes(Samples.bytes(ABORT));
      assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
    }
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void behindTheRefusalOfAPutEverythingIsDroppedUntilTheAnswer(FrameType type) throws IOException {
    Frame.Put put =
        new Frame.Put(
            true, false, Frame.Overwrite.NEVER, Frame.Durability.NONE, PATH, List.of("..", "b"));
    try (RawClient client = RawClient.login(server)) {
      client.send(put);
      assertThat(client.read()).isInstanceOf(Frame.Abort.class);
      client.bytes(Samples.bytes(type));
      if (type != ABORT) {
        client.bytes(Samples.bytes(ABORT));
      }
      assertWorks(client);
    }
  }

  @Test
  void unknownFrameIsSkippedWhenItMayBe() throws IOException {
    byte code = (byte) 0xEE;
    try (RawClient client = RawClient.login(server)) {
      client.bytes((byte) 0, (byte) 0, (byte) 0, (byte) 2, code, (byte) 1, (byte) 0, (byte) 0);
      client.bytes((byte) 7, (byte) 7);
      assertWorks(client);
      client.bytes((byte) 0, (byte) 0, (byte) 0, (byte) 0, code, (byte) 0, (byte) 0, (byte) 0);
      assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
    }
  }

  @Test
  void frameWithBytesLeftOverEndsTheConnection() throws IOException {
    try (RawClient client = RawClient.login(server)) {
      client.bytes(
          (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0x16, (byte) 0, (byte) 0, (byte) 0);
      client.bytes((byte) 0);
      assertThat(client.end()).isEqualTo(ErrorCode.PROTOCOL);
    }
  }

  private static void assertWorks(RawClient client) throws IOException {
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
  }

  private void assertServes() throws IOException {
    try (RawClient client = RawClient.login(server)) {
      assertWorks(client);
    }
    assertThat(fixture.log).noneMatch(line -> line.contains("event=defect"));
  }
}

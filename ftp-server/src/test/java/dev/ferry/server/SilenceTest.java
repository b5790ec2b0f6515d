package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameType;
import dev.ferry.transfer.link.LinkTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while nothing happens (spec 5.4, 10). */
class SilenceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Frame.Stat SLOW = new Frame.Stat(List.of("slow"));

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();
  private final Gate gate = new Gate();

  @Test
  void aliveIsSentWhileARequestTakesItsTime() throws IOException {
    ServerTimes lively =
        new ServerTimes(
            LONG,
            LONG,
            LONG,
            LONG,
            Duration.ofSeconds(1),
            new LinkTimes(Duration.ofMillis(20), LONG, LONG));
    try (FerryServer server =
            fixture.on(root).times(lively).layer(tree -> new SlowStat(tree, gate)).start();
        RawClient client = RawClient.login(server)) {
      client.send(SLOW);
      gate.awaitReached();
      ByteBuffer frames = ByteBuffer.allocate(3 * 8);
      while (frames.hasRemaining()) {
        assertThat(client.channel.read(frames)).isPositive();
      }
      for (int frame = 0; frame < 3; frame++) {
        assertThat(frames.getLong(8 * frame)).isEqualTo((long) FrameType.ALIVE.code() << 24);
      }
      gate.open();
      assertThat(client.read()).isInstanceOf(Frame.Attributes.class);
    }
  }

  @Test
  void idleConnectionIsToldAndClosed() throws IOException {
    try (FerryServer server =
            fixture.on(root).times(ServerFixture.times(30_000, 150, 30_000)).start();
        RawClient client = RawClient.connect(server)) {
      assertThat(client.greet().idleSeconds()).isEqualTo(1);
      assertThat(client.end()).isEqualTo(ErrorCode.TIMEOUT);
    }
    assertThat(fixture.lines("ended")).hasSize(1);
  }

  @Test
  void aliveOfAnIdleClientIsNoRequest() throws IOException {
    try (FerryServer server =
            fixture.on(root).times(ServerFixture.times(30_000, 150, 30_000)).start();
        RawClient client = RawClient.login(server)) {
      client.link.owe(true);
      assertThat(client.end()).isEqualTo(ErrorCode.TIMEOUT);
    }
  }

  @Test
  void connectionIsNotIdleWhileItIsServed() throws IOException {
    try (FerryServer server =
            fixture
                .on(root)
                .times(ServerFixture.times(30_000, 200, 30_000))
                .layer(tree -> new SlowStat(tree, gate))
                .start();
        RawClient busy = RawClient.login(server);
        RawClient idle = RawClient.login(server)) {
      busy.send(SLOW);
      gate.awaitReached();
      assertThat(idle.end()).isEqualTo(ErrorCode.TIMEOUT);
      gate.open();
      assertThat(busy.read()).isInstanceOf(Frame.Attributes.class);
    }
  }

  @Test
  void sessionThatLastsTooLongEndsHoweverBusyItIs() throws IOException {
    ServerTimes times = ServerFixture.PATIENT.withIdle(LONG).withSession(Duration.ofMillis(400));
    try (FerryServer server =
            fixture.on(root).times(times).layer(tree -> new SlowStat(tree, gate)).start();
        RawClient waiting = RawClient.login(server);
        RawClient busy = RawClient.login(server)) {
      busy.send(SLOW);
      gate.awaitReached();
      assertThat(waiting.end()).isEqualTo(ErrorCode.TIMEOUT);
      await().until(() -> fixture.lines("ended").size() == 2);
      assertThatThrownBy(busy::read).isInstanceOf(IOException.class);
      gate.open();
    }
    assertThat(fixture.lines("ended")).allMatch(line -> line.contains("a session lasts 0 s"));
  }

  @Test
  void clientThatDoesNotReadIsCut() throws IOException {
    Duration frame = Duration.ofMillis(300);
    ServerTimes strict =
        new ServerTimes(
            LONG, LONG, LONG, LONG, frame, new LinkTimes(Duration.ofMillis(50), LONG, frame));
    try (FerryServer server =
            fixture.on(root).times(strict).layer(tree -> new ManyNames(tree, 10_000_000)).start();
        RawClient client = RawClient.login(server)) {
      client.send(new Frame.ListFolder(false, false, false, List.of()));
      await().until(() -> fixture.lines("close").size() == 1);
    }
    assertThat(fixture.lines("lost")).hasSize(1);
  }

  @Test
  void connectionThatWasIdleForLongIsServedAllTheSame() throws IOException {
    Duration frame = Duration.ofMillis(150);
    ServerTimes strict =
        new ServerTimes(
            LONG, LONG, LONG, LONG, frame, new LinkTimes(Duration.ofMillis(20), LONG, frame));
    try (FerryServer server =
            fixture.on(root).times(strict).layer(tree -> new SlowStat(tree, gate)).start();
        RawClient idle = RawClient.login(server);
        RawClient other = RawClient.login(server)) {
      other.send(SLOW);
      // By the time this one has heard ALIVE ten times, the other one has been idle for longer than
      // a frame may take.
      ByteBuffer alive = ByteBuffer.allocate(10 * 8);
      while (alive.hasRemaining()) {
        assertThat(other.channel.read(alive)).isPositive();
      }
      assertThat(idle.ask(new Frame.Stat(List.of()))).isInstanceOf(Frame.Attributes.class);
      gate.open();
      assertThat(other.read()).isInstanceOf(Frame.Attributes.class);
    }
    assertThat(fixture.lines("lost")).isEmpty();
  }

  @Test
  void clientThatVanishesInTheMiddleOfAFrameIsNoDefect() throws IOException {
    try (FerryServer server = fixture.on(root).start()) {
      RawClient client = RawClient.login(server);
      client.bytes((byte) 0, (byte) 0, (byte) 0);
      client.close();
      await().until(() -> !fixture.lines("lost").isEmpty());
      assertThat(fixture.log).noneMatch(line -> line.contains("level=error"));
    }
  }

  @Test
  void clientThatVanishesWhileItIsServedFreesItsPlace() throws IOException {
    try (FerryServer server =
        fixture.on(root).maxConnections(1).layer(tree -> new SlowStat(tree, gate)).start()) {
      RawClient client = RawClient.login(server);
      client.send(SLOW);
      gate.awaitReached();
      client.close();
      gate.open();
      await().until(() -> !fixture.lines("close").isEmpty());
      await()
          .ignoreExceptions()
          .until(
              () -> {
                try (RawClient next = RawClient.login(server)) {
                  return next.ask(new Frame.Ping()).equals(new Frame.Ok(0));
                }
              });
    }
  }
}

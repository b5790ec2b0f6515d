package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.BusyException;
import dev.ferry.transfer.link.ConnectionLostException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server goes down. */
class DrainTest {
  private static final Frame.Stat SLOW = new Frame.Stat(List.of("slow"));

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();
  private final Gate gate = new Gate();

  /** A server on which STAT of "slow" waits for the gate. */
  private ServerBuilder slow() {
    return fixture.on(root).layer(tree -> new SlowStat(tree, gate));
  }

  @Test
  void idleConnectionsHearDrainingAndAreClosed() throws IOException {
    try (FerryServer server = fixture.on(root).start();
        RawClient idle = RawClient.login(server);
        RawClient used = RawClient.login(server)) {
      used.ask(new Frame.Ping());
      assertThat(server.drain(Duration.ofSeconds(20))).isTrue();
      assertThat(idle.end()).isEqualTo(ErrorCode.DRAINING);
      assertThat(used.end()).isEqualTo(ErrorCode.DRAINING);
    }
  }

  @Test
  void runningRequestIsFinishedAndThenTheConnectionClosed() throws IOException {
    try (FerryServer server = slow().start();
        RawClient client = RawClient.login(server)) {
      client.send(SLOW, new Frame.Ping());
      gate.awaitReached();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(20)));
      await().until(() -> !fixture.lines("drain").isEmpty());
      gate.open();
      assertThat(client.read()).isInstanceOf(Frame.Attributes.class);
      assertThat(client.end()).isEqualTo(ErrorCode.DRAINING);
      assertThat(drained.join()).isTrue();
    }
  }

  @Test
  void newcomersHearDraining() throws IOException {
    try (FerryServer server = slow().start();
        RawClient client = RawClient.login(server)) {
      client.send(SLOW);
      gate.awaitReached();
      assertThat(server.drain(Duration.ZERO)).isFalse();
      try (RawClient late = RawClient.connect(server)) {
        assertThatThrownBy(late::greet)
            .isInstanceOfSatisfying(
                BusyException.class, e -> assertThat(e.busy().draining()).isTrue());
      }
      gate.open();
      assertThat(client.read()).isInstanceOf(Frame.Attributes.class);
    }
  }

  @Test
  void whoIsStillLoggingInHearsDraining() throws IOException {
    try (FerryServer server = fixture.on(root).start();
        RawClient late = RawClient.connect(server)) {
      late.bytes((byte) 0);
      // Connections are accepted in order: when this one is served, the late one was accepted.
      RawClient.login(server).close();
      server.drain(Duration.ofSeconds(20));
      assertThat(late.read())
          .isInstanceOfSatisfying(Frame.Busy.class, busy -> assertThat(busy.draining()).isTrue());
    }
  }

  @Test
  void whoWaitsForAThreadHearsDraining() throws IOException {
    try (FerryServer server = slow().threads(SessionThreads.pool(1)).start();
        RawClient served = RawClient.login(server);
        RawClient waiting = RawClient.connect(server)) {
      served.send(SLOW);
      gate.awaitReached();
      CompletableFuture<Throwable> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  waiting.greet();
                  return null;
                } catch (IOException e) {
                  return e;
                }
              });
      await()
          .until(
              () -> {
                server.drain(Duration.ZERO);
                return answer.isDone();
              });
      assertThat(answer.join()).isInstanceOf(BusyException.class);
      gate.open();
    }
  }

  @Test
  void workThatOutlastsTheDrainIsCut() throws IOException {
    FerryServer server = slow().drain(Duration.ofMillis(50)).start();
    try (RawClient client = RawClient.login(server)) {
      client.send(SLOW);
      gate.awaitReached();
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      assertThatThrownBy(
              () -> {
                while (true) {
                  client.read();
                }
              })
          .isInstanceOf(ConnectionLostException.class);
      gate.open();
      closing.join();
    }
    assertThat(fixture.lines("cut")).hasSize(1);
  }

  @Test
  void cutEndsADrainAtOnce() throws IOException {
    try (FerryServer server = slow().start();
        RawClient client = RawClient.login(server)) {
      client.send(SLOW);
      gate.awaitReached();
      CompletableFuture<Boolean> drained =
          CompletableFuture.supplyAsync(() -> server.drain(Duration.ofSeconds(60)));
      await().until(() -> !fixture.lines("drain").isEmpty());
      server.cut();
      gate.open();
      assertThat(drained.join()).isTrue();
      assertThat(client.end()).isNull();
    }
  }

  @Test
  void whoComesAfterACutIsClosedAtOnce() throws IOException {
    try (FerryServer server = fixture.on(root).start()) {
      server.cut();
      try (RawClient late = RawClient.connect(server)) {
        assertThatThrownBy(late::read).isInstanceOf(ConnectionLostException.class);
      }
    }
    assertThat(fixture.lines("busy")).isEmpty();
  }

  @Test
  void closeIsDoneOnceAndLeavesNobodyListening() throws IOException {
    FerryServer server = fixture.on(root).start();
    CompletableFuture<Void> other = CompletableFuture.runAsync(server::close);
    server.close();
    other.join();
    server.close();
    assertThat(fixture.log).filteredOn(line -> line.endsWith("event=stop")).hasSize(1);
    assertThatThrownBy(() -> RawClient.connect(server)).isInstanceOf(ConnectException.class);
  }
}

package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.BusyException;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a place, who waits for one, and who is sent away (spec 5.3). */
class AdmissionTest {
  private static final Credential.Exchange ANYBODY = Frame.Login::anonymous;

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform", "pool:2"})
  void everyExecutorServes(String threads) throws IOException {
    try (FerryServer server = fixture.on(root).threads(SessionThreads.parse(threads)).start();
        RawClient one = RawClient.login(server);
        RawClient two = RawClient.login(server)) {
      assertWorks(one);
      assertWorks(two);
    }
  }

  @Test
  void busyReachesAClientWhoseFirstFlightIsUnread() throws IOException {
    try (FerryServer server = fixture.on(root).maxConnections(1).start();
        RawClient first = RawClient.login(server);
        RawClient second = RawClient.connect(server)) {
      Greeting.say(second.link, "test", ANYBODY);
      for (int i = 0; i < 20_000; i++) {
        second.link.send(new Frame.Stat(List.of("some", "name", "or", "other")));
      }
      second.link.flush();
      assertThatThrownBy(() -> Greeting.hear(second.link, ANYBODY))
          .isInstanceOfSatisfying(
              BusyException.class,
              e -> {
                assertThat(e.busy().draining()).isFalse();
                assertThat(e.busy().retrySeconds()).isPositive();
              })
          .hasMessageStartingWith("server full");
      assertWorks(first);
    }
    assertThat(fixture.lines("busy")).hasSize(1);
  }

  @Test
  void placeIsFreeAgainAfterEveryKindOfEnd() throws IOException {
    try (FerryServer server = fixture.on(root).maxConnections(1).start()) {
      try (RawClient client = RawClient.login(server)) {
        client.ask(new Frame.Quit());
      }
      awaitPlace(server);
      try (RawClient client = RawClient.login(server)) {
        client.send(new Frame.Ok(0));
        client.end();
      }
      awaitPlace(server);
      try (RawClient client = RawClient.login(server)) {
        client.bytes((byte) 0, (byte) 0);
      }
      awaitPlace(server);
    }
  }

  @Test
  void poolServesSoManyAndOthersGetTheirTurn() throws IOException {
    try (FerryServer server = fixture.on(root).threads(SessionThreads.pool(1)).start();
        RawClient waiting = RawClient.connect(server)) {
      try (RawClient served = RawClient.login(server)) {
        Greeting.say(waiting.link, "test", ANYBODY);
        waiting.send(new Frame.Ping());
        assertThat(waiting.read()).isInstanceOf(Frame.Hello.class);
        assertWorks(served);
        assertThat(fixture.lines("login")).hasSize(1);
      }
      assertThat(waiting.read()).isInstanceOf(Frame.Welcome.class);
      assertThat(waiting.read()).isEqualTo(new Frame.Ok(0));
    }
  }

  @Test
  void poolSendsAwayWhoHasWaitedTooLong() throws IOException {
    ServerTimes times = ServerFixture.times(30_000, 60_000, 50);
    try (FerryServer server =
            fixture.on(root).threads(SessionThreads.pool(1)).times(times).start();
        RawClient served = RawClient.login(server);
        RawClient waiting = RawClient.connect(server)) {
      assertThatThrownBy(waiting::greet)
          .isInstanceOf(BusyException.class)
          .hasMessageStartingWith("server full");
      assertWorks(served);
    }
  }

  @Test
  @Timeout(60)
  void strangersWhoSayNothingDoNotKeepOthersOut() throws IOException {
    List<RawClient> strangers = new ArrayList<>();
    try (FerryServer server = fixture.on(root).maxConnections(1).start()) {
      for (int i = 0; i < 1_500; i++) {
        strangers.add(RawClient.connect(server));
      }
      try (RawClient client = RawClient.login(server)) {
        assertWorks(client);
      }
      await().until(() -> fixture.lines("cut").size() >= 476);
      assertThat(fixture.lines("cut").getFirst()).contains("1024 that came later are logging in");
      assertThatThrownBy(() -> strangers.getFirst().read())
          .isInstanceOf(ConnectionLostException.class);
    } finally {
      strangers.forEach(RawClient::close);
    }
  }

  private static void awaitPlace(FerryServer server) {
    await()
        .ignoreExceptionsInstanceOf(BusyException.class)
        .until(
            () -> {
              try (RawClient client = RawClient.login(server)) {
                client.ask(new Frame.Quit());
                return client.isClosedByServer();
              }
            });
  }

  private static void assertWorks(RawClient client) throws IOException {
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
  }
}

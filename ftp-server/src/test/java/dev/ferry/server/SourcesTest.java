package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.BusyException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one address may take of a server, and how long it waits when it does not log in. */
class SourcesTest {
  private static final String BAD = "127.0.5.1";
  private static final String GOOD = "127.0.5.2";
  private static final Duration LONG = Duration.ofHours(1);
  private static final ServerLimits LIMITED = ServerLimits.STANDARD.withLoopback();

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  private FerryServer start(ServerLimits limits) throws IOException {
    return fixture.on(root).accounts(new OneAccount()).limits(limits).start();
  }

  private static void guess(String from, FerryServer server) throws IOException {
    try (RawClient client = RawClient.connectFrom(from, server)) {
      client.guess("alice");
    }
  }

  private static void assertServed(String from, FerryServer server) throws IOException {
    try (RawClient client = RawClient.connectFrom(from, server)) {
      client.greet();
    }
  }

  private static Frame.Busy turnedAway(String from, FerryServer server) throws IOException {
    try (RawClient client = RawClient.connectFrom(from, server)) {
      return (Frame.Busy) client.read();
    }
  }

  @Test
  void addressThatGuessesIsTurnedAwayForAWhile() throws IOException {
    try (FerryServer server = start(LIMITED)) {
      for (int i = 0; i < 4; i++) {
        assertThat(fixture.lines("penalty")).isEmpty();
        guess(BAD, server);
      }
      Frame.Busy busy = turnedAway(BAD, server);
      assertThat(busy.text()).contains(BAD + " did not log in");
      assertThat(busy.retrySeconds()).isBetween(1, 5);
      assertServed(GOOD, server);
    }
    assertThat(fixture.lines("penalty")).singleElement().asString().contains("source=" + BAD);
  }

  @Test
  void penaltyEndsByItself() throws IOException {
    Duration short_ = Duration.ofMillis(400);
    PenaltyTimes times = new PenaltyTimes(short_, LONG, LONG, short_.dividedBy(2), LONG);
    try (FerryServer server = start(LIMITED.withPenalties(times))) {
      guess(BAD, server);
      assertThatThrownBy(() -> assertServed(BAD, server)).isInstanceOf(BusyException.class);
      await()
          .ignoreExceptionsInstanceOf(BusyException.class)
          .untilAsserted(() -> assertServed(BAD, server));
    }
  }

  @Test
  void penaltyGrowsUpToItsMaximum() throws IOException {
    PenaltyTimes times =
        new PenaltyTimes(Duration.ofSeconds(100), LONG, LONG, LONG, Duration.ofSeconds(3850));
    try (FerryServer server = start(LIMITED.withPenalties(times))) {
      List<RawClient> connected = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        connected.add(RawClient.connectFrom(BAD, server));
      }
      for (RawClient client : connected) {
        client.guess("alice");
        client.close();
      }
      assertThat(turnedAway(BAD, server).retrySeconds()).isBetween(200, 250);
    }
  }

  @Test
  void whoConnectsAndSaysNothingWaitsToo() throws IOException {
    try (FerryServer server =
            fixture
                .on(root)
                .limits(LIMITED)
                .times(ServerFixture.times(100, 60_000, 30_000))
                .start();
        RawClient one = RawClient.connectFrom(BAD, server);
        RawClient two = RawClient.connectFrom(BAD, server)) {
      one.end();
      two.end();
      await().until(() -> fixture.lines("penalty").size() == 1);
      assertThat(turnedAway(BAD, server).retrySeconds()).isBetween(4, 6);
    }
  }

  @Test
  void whoLeavesWithoutALoginWaitsLess() throws IOException {
    try (FerryServer server = start(LIMITED)) {
      for (int i = 0; i < 16; i++) {
        RawClient.connectFrom(BAD, server).close();
      }
      await().until(() -> fixture.lines("penalty").size() == 1);
      assertThat(turnedAway(BAD, server).retrySeconds()).isBetween(1, 2);
    }
  }

  /** As clients do that opened connections for a job that is over before they got through. */
  @Test
  void whoIsLoggedInMayLeaveOthersWithoutALogin() throws IOException {
    try (FerryServer server = start(LIMITED)) {
      try (RawClient inside = RawClient.connectFrom(GOOD, server)) {
        inside.greet();
        for (int i = 0; i < 20; i++) {
          RawClient.connectFrom(GOOD, server).close();
        }
        await().until(() -> fixture.lines("close").size() == 20);
      }
      await().until(() -> fixture.lines("close").size() == 21);
      for (int i = 0; i < 20; i++) {
        RawClient.connectFrom(GOOD, server).close();
      }
      await().until(() -> fixture.lines("close").size() == 41);
      assertServed(GOOD, server);
      assertThat(fixture.lines("penalty")).isEmpty();
    }
  }

  @Test
  void whoLogsInNeverWaits() throws IOException {
    PenaltyTimes harsh = new PenaltyTimes(LONG, LONG, LONG, Duration.ofMillis(1), LONG);
    try (FerryServer server = start(LIMITED.withPenalties(harsh))) {
      for (int i = 0; i < 30; i++) {
        assertServed(GOOD, server);
      }
    }
    assertThat(fixture.lines("penalty")).isEmpty();
  }

  @Test
  void thisMachineIsExemptUnlessItIsSaidOtherwise() throws IOException {
    PenaltyTimes harsh = new PenaltyTimes(LONG, LONG, LONG, Duration.ofMillis(1), LONG);
    ServerLimits exempt = ServerLimits.STANDARD.withPenalties(harsh).withShares(1, 100);
    try (FerryServer server = start(exempt);
        RawClient first = RawClient.connectFrom(BAD, server)) {
      guess(BAD, server);
      assertServed(BAD, server);
      first.greet();
    }
  }

  @Test
  void encryptedConnectionIsClosedBeforeTheHandshake() throws IOException {
    PenaltyTimes harsh = new PenaltyTimes(LONG, LONG, LONG, Duration.ofMillis(1), LONG);
    try (FerryServer server =
        fixture.on(root).plaintext(false).limits(LIMITED.withPenalties(harsh)).start()) {
      RawClient.connectFrom(BAD, server).close();
      await().until(() -> fixture.lines("penalty").size() == 1);
      try (RawClient client = RawClient.connectFrom(BAD, server)) {
        assertThat(client.channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
    }
    assertThat(fixture.lines("close")).hasSize(1);
  }

  @Test
  void oneAddressHasSoManyConnectionsAndNoMore() throws IOException {
    try (FerryServer server = start(LIMITED.withShares(2, 100));
        RawClient greeting = RawClient.connectFrom(BAD, server)) {
      try (RawClient served = RawClient.connectFrom(BAD, server)) {
        served.greet();
        assertThat(turnedAway(BAD, server).text()).isEqualTo(BAD + " has 2 connections already");
        assertServed(GOOD, server);
        served.ask(new Frame.Quit());
      }
      await()
          .ignoreExceptionsInstanceOf(BusyException.class)
          .untilAsserted(() -> assertServed(BAD, server));
      greeting.greet();
    }
  }

  @Test
  void oneUserHasSoManyConnectionsAndNoMore() throws IOException {
    OneAccount accounts = new OneAccount();
    try (FerryServer server =
            fixture.on(root).accounts(accounts).limits(LIMITED.withShares(100, 2)).start();
        RawClient one = RawClient.connectFrom("127.0.6.1", server);
        RawClient three = RawClient.connectFrom("127.0.6.3", server)) {
      one.greet(accounts.key());
      try (RawClient two = RawClient.connectFrom("127.0.6.2", server)) {
        two.greet(accounts.key());
        assertThatThrownBy(() -> three.greet(accounts.key()))
            .isInstanceOf(BusyException.class)
            .hasMessage("this login has 2 connections already");
      }
      await()
          .ignoreExceptionsInstanceOf(BusyException.class)
          .untilAsserted(
              () -> {
                try (RawClient again = RawClient.connectFrom("127.0.6.3", server)) {
                  again.greet(accounts.key());
                }
              });
      for (int i = 0; i < 3; i++) {
        assertServed(GOOD, server);
      }
    }
  }

  @Test
  void networkOfAnIpv6AddressIsOneSource() throws IOException {
    Source one = Source.of(InetAddress.ofLiteral("2001:db8:0:7:1::1"));
    assertThat(one).isEqualTo(Source.of(InetAddress.ofLiteral("2001:db8:0:7:ffff::2")));
    assertThat(one).isNotEqualTo(Source.of(InetAddress.ofLiteral("2001:db8:0:8:1::1")));
    assertThat(one.name()).isEqualTo("2001:db8:0:7:0:0:0:0/64");
    assertThat(Source.of(InetAddress.ofLiteral("::1")).onThisMachine()).isTrue();
    assertThat(Source.of(InetAddress.ofLiteral("::ffff:192.0.2.1")).name()).isEqualTo("192.0.2.1");
  }
}

package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.ConnectionLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A folder and a link to a tree outside change places without pause, at the server's and at the
 * client's end, while a client does everything that takes a path. Nothing outside is read, made,
 * changed or removed. {@code -Dferry.tries=100000} tries each so often.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class LinkRaceOverTheWireTest {
  private static final int TRIES = Integer.getInteger("ferry.tries", 0);
  private static final Duration ENOUGH = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int OF_EACH = 3;

  @TempDir private Path temp;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private Map<String, String> outside;
  private FerryServer server;
  private RacePlace place;
  private Flipper flipper;

  @BeforeEach
  void startFlipping() throws IOException {
    Path canary = Snapshot.plant(temp.resolve("outside"));
    outside = Snapshot.of(canary);
    KeyAccounts accounts = new KeyAccounts();
    accounts.add("home", "/door");
    server =
        FerryServer.serving(Files.createDirectory(temp.resolve("root")))
            .accounts(accounts)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .durability(Durability.NONE)
            .drain(Duration.ZERO)
            .log(log::add)
            .start();
    ClientOptions options = ClientOptions.withoutEncryption();
    FerryClient client = FerryClient.connect(server.endpoint(), options);
    place = RacePlace.prepare(temp, canary, client, options.with(accounts.login("home")));
    flipper = new Flipper(place.pairs());
  }

  @AfterEach
  void nothingHappenedOutside() throws Exception {
    flipper.stop();
    place.close();
    server.close();
    assertThat(Snapshot.of(temp.resolve("outside"))).isEqualTo(outside);
    assertThat(log).noneMatch(line -> line.contains("event=defect"));
  }

  @ParameterizedTest
  @EnumSource
  void nobodyIsLedAway(RaceOperation operation) throws IOException {
    long start = System.nanoTime();
    int tries = TRIES / operation.cost;
    int done = 0;
    int refused = 0;
    while (done + refused < tries
        || System.nanoTime() - start < ENOUGH.toNanos()
        || done < OF_EACH
        || (refused < OF_EACH && operation != RaceOperation.REMOVE_AROUND)) {
      long elapsed = System.nanoTime() - start;
      assertThat(done + refused <= tries || elapsed < LIMIT.toNanos()).isTrue();
      place.restore(operation);
      try {
        if (operation.run(place)) {
          done++;
        } else {
          refused++;
        }
      } catch (ProtocolException | ConnectionLostException e) {
        throw new AssertionError("the connection was lost after " + (done + refused), e);
      } catch (IOException e) {
        refused++;
      }
    }
    if (TRIES > 0) {
      System.out.printf("%s: %d done, %d refused%n", operation, done, refused);
    }
  }
}

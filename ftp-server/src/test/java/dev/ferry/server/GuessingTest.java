package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever guesses passwords, from many addresses, and the user whose password it is. */
class GuessingTest {
  private static final int ALLOWED = 10;
  private static final String HOME = "127.0.3.1";
  private static final String CAFE = "127.0.3.2";

  @TempDir Path root;
  private final OneAccount accounts = new OneAccount();
  private final ServerFixture fixture = new ServerFixture();
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    server = fixture.on(root).accounts(accounts).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void log(String from, Credential credential) throws IOException {
    try (RawClient client = RawClient.connectFrom(from, server)) {
      client.greet(credential);
    }
  }

  private Frame.Failure guess(String from, String user) throws IOException {
    try (RawClient client = RawClient.connectFrom(from, server)) {
      return (Frame.Failure) client.guess(user).getLast();
    }
  }

  private void guessAll(String user) throws IOException {
    for (int i = 1; i <= ALLOWED; i++) {
      assertThat(guess("127.0.4." + i, user).reason().text())
          .isEqualTo("the user name or the password is wrong");
    }
  }

  @Test
  void logNamesTheUserThatWasTried() throws IOException {
    guess(CAFE, "alice");
    guess(CAFE, "x\u001b[2J y");
    assertThat(fixture.lines("refused")).hasSize(2);
    assertThat(fixture.lines("refused").getFirst()).contains(" user=alice code=LOGIN-REFUSED ");
    assertThat(fixture.lines("refused").getLast())
        .contains(" user=\"x", "y\" code=")
        .doesNotContain("\u001b");
  }

  @Test
  void guessesOfAllAddressesTogetherAreCounted() throws IOException {
    guessAll("alice");
    Frame.Failure refused = guess("127.0.4.200", "alice");
    assertThat(refused.reason().text())
        .startsWith("too many wrong passwords for this user; wait 1");
    assertThatThrownBy(() -> log(CAFE, accounts.password))
        .as("the right one is not tried either")
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("too many wrong passwords");
  }

  @Test
  void usersLogInAllTheSameWithAKeyOrFromWhereTheyHaveBeen() throws IOException {
    log(HOME, accounts.password);
    guessAll("alice");
    long began = System.nanoTime();
    log(CAFE, accounts.key());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    log(HOME, accounts.password);
    log(CAFE, accounts.password);
  }

  @Test
  void guessesFromWhereTheUserHasBeenAreCountedToo() throws IOException {
    log(HOME, accounts.password);
    for (int i = 0; i < ALLOWED; i++) {
      guess(HOME, "alice");
    }
    assertThat(guess(HOME, "alice").reason().text()).startsWith("too many wrong passwords");
  }

  @Test
  void rightPasswordsAreNotCounted() throws IOException {
    for (int i = 0; i < 2 * ALLOWED; i++) {
      log(CAFE, accounts.password);
    }
    guessAll("alice");
  }

  @Test
  void whoDoesNotExistOrIsLockedIsNotToldFromWhoDoes() throws IOException {
    for (int i = 0; i < ALLOWED; i++) {
      List<String> known = answers("alice");
      assertThat(known).hasSize(3);
      assertThat(answers("nobody")).isEqualTo(known);
      assertThat(answers("bob")).isEqualTo(known);
    }
    assertThat(guess(HOME, "alice").reason().text())
        .isEqualTo(guess(HOME, "nobody").reason().text())
        .isEqualTo(guess(HOME, "bob").reason().text());
  }

  /** All that the server says, but for what is random. */
  private List<String> answers(String user) throws IOException {
    try (RawClient client = RawClient.connectFrom(HOME, server)) {
      return client.guess(user).stream().map(GuessingTest::described).toList();
    }
  }

  private static String described(Frame frame) {
    return frame instanceof Frame.Challenge challenge
        ? "CHALLENGE of %d bytes, salt of %d, %d iterations"
            .formatted(
                challenge.nonce().length(), challenge.salt().length(), challenge.iterations())
        : frame.toString();
  }

  @Test
  void saltOfANameStaysTheSame() throws IOException {
    for (String user : List.of("alice", "bob", "nobody")) {
      assertThat(salt(user)).as(user).isEqualTo(salt(user));
    }
  }

  private Object salt(String user) throws IOException {
    try (RawClient client = RawClient.connectFrom(HOME, server)) {
      return ((Frame.Challenge) client.guess(user).get(1)).salt();
    }
  }
}

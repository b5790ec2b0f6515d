package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets, and joining with them (spec 6.9, 7.8). */
class TicketTest {
  private static final Frame.Hello HELLO = new Frame.Hello(1, 1, "test", List.of());

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

  private static Bytes ticket(RawClient client) throws IOException {
    return ((Frame.Ticket) client.ask(new Frame.Issue())).secret();
  }

  /** Logs in with a ticket; returns what the server answers. */
  private static Frame greet(RawClient client, Bytes ticket) throws IOException {
    client.send(HELLO, new Frame.Login(Frame.Login.TICKET, "", ticket));
    assertThat(client.read()).isInstanceOf(Frame.Hello.class);
    Frame answer = client.read();
    if (answer instanceof Frame.Welcome) {
      client.link.loggedIn();
    }
    return answer;
  }

  @Test
  void aTicketIsGoodAsLongAsItsConnection() throws IOException {
    Bytes ticket;
    try (RawClient first = RawClient.login(server)) {
      ticket = ticket(first);
      assertThat(ticket(first)).isEqualTo(ticket);
      for (int i = 0; i < 2; i++) {
        try (RawClient second = RawClient.connect(server)) {
          assertThat(greet(second, ticket)).isInstanceOf(Frame.Welcome.class);
          assertThat(second.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
        }
      }
      assertThat(first.ask(new Frame.Quit())).isEqualTo(new Frame.Ok(0));
      assertThat(first.isClosedByServer()).isTrue();
    }
    await().until(() -> fixture.lines("close").size() == 3);
    try (RawClient late = RawClient.connect(server)) {
      assertThat(greet(late, ticket))
          .isInstanceOfSatisfying(
              Frame.Failure.class,
              f -> assertThat(f.reason().is(ErrorCode.LOGIN_REFUSED)).isTrue());
    }
  }

  @Test
  void twoConnectionsHaveTwoTickets() throws IOException {
    try (RawClient one = RawClient.login(server);
        RawClient other = RawClient.login(server)) {
      assertThat(ticket(one)).isNotEqualTo(ticket(other));
    }
  }

  @Test
  void onlyARunningJobOfTheTicketsConnectionCanBeJoined() throws IOException {
    Files.write(root.resolve("large"), new byte[5_000_000]);
    try (RawClient first = RawClient.login(server);
        RawClient second = RawClient.connect(server)) {
      Bytes ticket = ticket(first);
      assertThat(greet(second, ticket)).isInstanceOf(Frame.Welcome.class);
      assertNotFound(second.ask(new Frame.Join(2)));

      first.send(
          new Frame.Get(Mode.ASK, false, false, List.of(new SourcePath(false, List.of("large")))));
      assertThat(first.read()).isInstanceOf(Frame.Entry.class);
      assertNotFound(second.ask(new Frame.Join(1)));
      assertThat(second.ask(new Frame.Join(2))).isEqualTo(new Frame.Ok(0));
      first.send(new Frame.Abort(new Reason(ErrorCode.CANCELLED, "enough")));
      assertThat(second.isClosedByServer()).isTrue();
    }
  }

  @Test
  void whoHasNoTicketHasNothingToJoin() throws IOException {
    try (RawClient client = RawClient.login(server)) {
      assertNotFound(client.ask(new Frame.Join(1)));
      assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    }
  }

  private static void assertNotFound(Frame answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Frame.Failure.class, f -> assertThat(f.reason().is(ErrorCode.NOT_FOUND)).isTrue());
  }
}

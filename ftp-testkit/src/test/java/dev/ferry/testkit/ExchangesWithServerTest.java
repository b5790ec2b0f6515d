package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameType;
import dev.ferry.testkit.Exchange.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conversations of {@code testdata/frames}, the client's half played to a real server. */
class ExchangesWithServerTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

  /** What a real server says in these depends on chance, or on what version 1 cannot be told. */
  private static final Set<String> NOT_PLAYED =
      Set.of(
          "exchange-abort", // how much of the job is on its way when ABORT comes
          "exchange-get-compressed", // what is compressed depends on how long it takes
          "exchange-entry-error-after-want", // the source has to change at the right instant
          "exchange-login-refused"); // there is no server yet that refuses anonymous clients

  static Stream<Exchange> valid() {
    return Exchange.all()
        .filter(exchange -> exchange.isValid() && !NOT_PLAYED.contains(exchange.name()));
  }

  static Stream<Exchange> wrongClients() {
    return Exchange.all().filter(exchange -> !exchange.isValid() && exchange.endsWithTheClient());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void serverSaysItsHalf(Exchange exchange) throws IOException {
    try (LocalServer server = server(exchange);
        ScriptedPeer client = ScriptedPeer.calling(server.endpoint(), script(exchange))) {
      client.finish();
      assertThat(Exchange.texts(client.received())).endsWith(said(exchange));
    }
  }

  @ParameterizedTest
  @MethodSource("wrongClients")
  void serverEndsTheConnectionOfAClientThatBreaksTheRules(Exchange exchange) throws Exception {
    try (LocalServer server = server(exchange);
        ScriptedPeer client =
            ScriptedPeer.calling(server.endpoint(), script(exchange).untilEnd())) {
      client.finish();
      assertThat(client.received().getLast().frame())
          .isInstanceOfSatisfying(
              Frame.Failure.class,
              last -> assertThat(last.reason().is(ErrorCode.PROTOCOL)).isTrue());
    }
  }

  private static String[] said(Exchange exchange) {
    return exchange.says(false).toArray(String[]::new);
  }

  private static Script script(Exchange exchange) {
    Script script = Script.begin();
    if (!exchange.beginsWithTheGreeting()) {
      script = script.greetAsClient();
    }
    for (Turn turn : exchange.turns()) {
      script =
          turn.client()
              ? script.bytes(turn.bytes().toArray())
              : script.expect(turn.types().toArray(FrameType[]::new));
    }
    return script;
  }

  /** A server of what the exchange speaks of. */
  private static LocalServer server(Exchange exchange) throws IOException {
    Role role = exchange.name().equals("exchange-put-refused") ? Role.READER : Role.WRITER;
    LocalServer server = LocalServer.start(builder -> builder.anonymous(role));
    if (exchange.name().equals("conversation-want-for-a-folder")) {
      place(Files.createDirectory(server.root().resolve("d")), "rwxr-xr-x");
    } else if (exchange.name().equals("exchange-get-link")) {
      Files.createSymbolicLink(server.root().resolve("a"), Path.of("elsewhere"));
    } else if (!exchange.name().startsWith("exchange-put")) {
      boolean empty = exchange.name().equals("exchange-get-empty-file");
      place(Files.writeString(server.root().resolve("a"), empty ? "" : "hello"), "rw-r--r--");
    }
    return server;
  }

  private static void place(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    Files.setLastModifiedTime(file, FileTime.from(TIME));
  }
}

package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.GetRequest;
import dev.ferry.client.JobListener;
import dev.ferry.client.ListRequest;
import dev.ferry.client.LocalSource;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.testkit.Exchange.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conversations of {@code testdata/frames}, the server's half played to the real client. */
class ExchangesWithClientTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
  private static final String MANY_FILES = "conversation-65-files-begun";

  /** What a client sends to begin something. */
  private static final Set<FrameType> OPENINGS = EnumSet.range(FrameType.LIST, FrameType.QUIT);

  static {
    OPENINGS.addAll(Set.of(FrameType.GET, FrameType.PUT));
  }

  /** What the real client says in these depends on its user, or it never says. */
  private static final Set<String> NOT_PLAYED =
      Set.of(
          "exchange-abort", // the user interrupts at the right instant
          "exchange-bad-name-goes-on"); // the client sends no bad name

  @TempDir Path folder;

  static Stream<Exchange> valid() {
    return Exchange.all()
        .filter(exchange -> exchange.isValid() && !NOT_PLAYED.contains(exchange.name()));
  }

  static Stream<Exchange> wrongServers() {
    return Exchange.all()
        .filter(exchange -> exchange.vector().is("invalid PROTOCOL"))
        .filter(exchange -> !exchange.endsWithTheClient());
  }

  static Stream<Exchange> damaged() {
    return Exchange.all().filter(exchange -> exchange.vector().is("invalid BAD-HASH"));
  }

  @ParameterizedTest
  @MethodSource("valid")
  void clientSaysItsHalf(Exchange exchange) throws Exception {
    try (ScriptedPeer server = ScriptedPeer.listening(script(exchange).untilEnd())) {
      try (FerryClient client = connect(server)) {
        if (exchange.says(false).getLast().startsWith("ERROR")) {
          assertThatThrownBy(() -> act(client, exchange)).isInstanceOf(RefusedException.class);
        } else {
          act(client, exchange);
        }
      }
      server.finish();
      List<String> expected = said(exchange.says(true), exchange);
      assertThat(said(Exchange.texts(server.received()), exchange).stream().limit(expected.size()))
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("wrongServers")
  void clientEndsTheConnectionOfAServerThatBreaksTheRules(Exchange exchange) throws Exception {
    try (ScriptedPeer server = ScriptedPeer.listening(script(exchange).untilEnd());
        FerryClient client = connect(server)) {
      assertThatThrownBy(() -> act(client, exchange)).isInstanceOf(ProtocolException.class);
      assertThat(client.isOpen()).isFalse();
      server.finish();
      assertThat(Files.exists(folder.resolve("b"))).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void clientRefusesTheFileAlone(Exchange exchange) throws Exception {
    Script script =
        script(exchange).send(new Frame.JobEnd(1, 5)).expect(FrameType.RESULT, FrameType.JOB_DONE);
    try (ScriptedPeer server = ScriptedPeer.listening(script);
        FerryClient client = connect(server)) {
      act(client, exchange);
      server.finish();
      assertThat(Exchange.texts(server.received()))
          .anyMatch(text -> text.matches("RESULT .*first=0 entries=1 status=failed code=23 .*"));
      assertThat(folder.resolve("a")).doesNotExist();
    }
  }

  private static FerryClient connect(ScriptedPeer server) throws IOException {
    return FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption());
  }

  /** What the client said, as far as the conversation decides it. */
  private static List<String> said(List<String> texts, Exchange exchange) {
    boolean refused = exchange.name().equals("exchange-put-refused");
    return texts.stream()
        .filter(text -> !text.matches("(HELLO|LOGIN) .*"))
        // How much of a job is on its way when it is refused is chance.
        .filter(text -> !refused || !text.matches("(ENTRY|JOB-END) .*"))
        // Which of its options a client uses is its own choice.
        .map(text -> text.replaceFirst("^(GET|PUT) .*", "$1"))
        // JOB-END may come before, between and behind the content.
        .sorted(Comparator.comparing(text -> text.startsWith("JOB-END")))
        .toList();
  }

  /**
   * The server's half. In a turn of the client it waits for what opens it; the rest, which a client
   * may send without an answer but need not, is waited for in the next one.
   */
  private static Script script(Exchange exchange) {
    Script script = Script.begin();
    if (!exchange.beginsWithTheGreeting()) {
      script = script.greetAsServer();
    }
    List<FrameType> waited = new ArrayList<>();
    for (Turn turn : exchange.turns()) {
      if (turn.client()) {
        waited.addAll(turn.types());
        continue;
      }
      List<FrameType> due = upToTheOpening(waited);
      waited.subList(0, due.size()).clear();
      script = script.expectInAnyOrder(due.toArray(FrameType[]::new));
      script = script.bytes(turn.bytes().toArray());
    }
    return script;
  }

  private static List<FrameType> upToTheOpening(List<FrameType> types) {
    for (int i = 0; i < types.size(); i++) {
      if (OPENINGS.contains(types.get(i))) {
        return List.copyOf(types.subList(0, i + 1));
      }
    }
    return List.copyOf(types);
  }

  /** Has the client do what makes it speak as in the exchange. */
  private void act(FerryClient client, Exchange exchange) throws IOException {
    List<FrameType> asked =
        exchange.turns().stream()
            .filter(Turn::client)
            .flatMap(turn -> turn.types().stream())
            .filter(OPENINGS::contains)
            .toList();
    for (FrameType type : asked.isEmpty() ? List.of(FrameType.STAT) : asked) {
      switch (type) {
        case LIST ->
            client.list(new ListRequest(RemotePath.of(TreePath.ROOT), false, false), _ -> {});
        case PING -> client.ping();
        case GET -> get(client, exchange);
        case PUT -> put(client);
        default -> client.stat(TreePath.of("a"));
      }
    }
  }

  private void get(FerryClient client, Exchange exchange) throws IOException {
    switch (exchange.name()) {
      case "exchange-get-unchanged" -> place(TIME);
      case "exchange-get-by-hash" -> place(TIME.minusSeconds(1));
      default -> {
        // Nothing is there yet.
      }
    }
    TreePath source = TreePath.of(exchange.name().equals(MANY_FILES) ? "d" : "a");
    client.get(
        new GetRequest(List.of(RemotePath.of(source)), folder, false, true, Scripted.RULES),
        JobListener.NONE);
  }

  private void put(FerryClient client) throws IOException {
    place(TIME);
    client.put(
        new PutRequest(
            List.of(new LocalSource("a", folder.resolve("a"))),
            RemotePath.of(TreePath.of("a")),
            false,
            Scripted.RULES),
        JobListener.NONE);
  }

  private void place(Instant time) throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "hello");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}

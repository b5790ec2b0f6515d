package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.ABORT;
import static dev.ferry.protocol.FrameType.ALIVE;
import static dev.ferry.protocol.FrameType.ATTRIBUTES;
import static dev.ferry.protocol.FrameType.BUSY;
import static dev.ferry.protocol.FrameType.DATA;
import static dev.ferry.protocol.FrameType.ENTRY;
import static dev.ferry.protocol.FrameType.ENTRY_ERROR;
import static dev.ferry.protocol.FrameType.ERROR;
import static dev.ferry.protocol.FrameType.GET;
import static dev.ferry.protocol.FrameType.HELLO;
import static dev.ferry.protocol.FrameType.ITEMS;
import static dev.ferry.protocol.FrameType.JOB;
import static dev.ferry.protocol.FrameType.JOB_DONE;
import static dev.ferry.protocol.FrameType.JOB_END;
import static dev.ferry.protocol.FrameType.LIST_END;
import static dev.ferry.protocol.FrameType.LOGIN;
import static dev.ferry.protocol.FrameType.OK;
import static dev.ferry.protocol.FrameType.PUT;
import static dev.ferry.protocol.FrameType.RESULT;
import static dev.ferry.protocol.FrameType.SUM;
import static dev.ferry.protocol.FrameType.WANT;
import static dev.ferry.protocol.FrameType.WELCOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.GetRequest;
import dev.ferry.client.JobListener;
import dev.ferry.client.ListRequest;
import dev.ferry.client.LocalSource;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.client.ServerBusyException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.protocol.Vectors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every frame to a client in every state (spec 3): one that the state does not allow is a protocol
 * error. What comes of those that it allows is the matter of other tests, but for last words.
 */
class ClientStatesTest {
  private static final List<RemotePath> SOURCE =
      List.of(new RemotePath(List.of("a"), false, false, false));

  @TempDir Path folder;

  /** Where the client is when the frame comes. */
  enum State {
    BEFORE_HELLO,
    BEFORE_WELCOME,
    LISTING,
    STAT,
    MAKING,
    SUMMING,
    GETTING,
    READING,
    PUTTING,
    SENDING;

    Set<FrameType> allowed() {
      return switch (this) {
        case BEFORE_HELLO -> EnumSet.of(HELLO, BUSY, ERROR);
        case BEFORE_WELCOME -> EnumSet.of(WELCOME, BUSY, ERROR, ALIVE);
        case LISTING -> EnumSet.of(ITEMS, LIST_END, ERROR, ALIVE);
        case STAT -> EnumSet.of(ATTRIBUTES, ERROR, ALIVE);
        case MAKING -> EnumSet.of(OK, ERROR, ALIVE);
        case SUMMING -> EnumSet.of(SUM, ERROR, ALIVE);
        case GETTING, READING -> EnumSet.of(ENTRY, ENTRY_ERROR, DATA, JOB_END, ABORT, ERROR, ALIVE);
        case PUTTING -> EnumSet.of(JOB, ABORT, ERROR, ALIVE);
        case SENDING -> EnumSet.of(WANT, RESULT, JOB_DONE, ABORT, ERROR, ALIVE);
      };
    }

    Script reached() {
      return switch (this) {
        case BEFORE_HELLO -> Script.begin().expect(HELLO, LOGIN);
        case BEFORE_WELCOME ->
            Script.begin().expect(HELLO, LOGIN).send(new Frame.Hello(1, 1, "x", List.of()));
        case LISTING -> Script.begin().greetAsServer().expect(FrameType.LIST);
        case STAT -> Script.begin().greetAsServer().expect(FrameType.STAT);
        case MAKING -> Script.begin().greetAsServer().expect(FrameType.MKDIR);
        case SUMMING -> Script.begin().greetAsServer().expect(FrameType.CHECKSUM);
        case GETTING, READING -> Script.begin().greetAsServer().expect(GET);
        case PUTTING -> Script.begin().greetAsServer().expect(PUT);
        case SENDING ->
            Script.begin()
                .greetAsServer()
                .expect(PUT)
                .send(new Frame.Job(Frame.Mode.ASK))
                .expect(ENTRY, JOB_END);
      };
    }
  }

  static Stream<Arguments> all() {
    return Arrays.stream(State.values())
        .flatMap(state -> Arrays.stream(FrameType.values()).map(type -> Arguments.of(state, type)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void frameThatTheStateDoesNotAllowIsAProtocolError(State state, FrameType type)
      throws IOException {
    Script script = state.reached().bytes(sample(type).toArray());
    boolean awaited = !state.allowed().contains(type) || type == ERROR || type == BUSY;
    try (ScriptedPeer server = ScriptedPeer.listening(awaited ? script.untilEnd() : script);
        FerryClient client =
            FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption())) {
      Throwable outcome = catchThrowable(() -> act(client, state));
      if (!state.allowed().contains(type)) {
        assertThat(outcome).isInstanceOf(ProtocolException.class);
        assertThat(client.isOpen()).isFalse();
      } else if (type == ERROR) {
        assertThat(outcome).isInstanceOf(RefusedException.class);
      } else if (type == BUSY) {
        assertThat(outcome).isInstanceOf(ServerBusyException.class);
      } else if (type == ALIVE) {
        assertThat(outcome)
            .isNotInstanceOf(ProtocolException.class)
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** A valid frame of this type, alone in its vector. */
  private static Bytes sample(FrameType type) {
    return Vectors.all().stream()
        .filter(vector -> vector.is("valid") && vector.frames().size() == 1)
        .map(vector -> vector.pieces().getFirst().bytes())
        .filter(bytes -> FrameType.of(bytes.toArray()[4]) == type)
        .findFirst()
        .orElseThrow();
  }

  private void act(FerryClient client, State state) throws IOException {
    switch (state) {
      case BEFORE_HELLO, BEFORE_WELCOME, STAT -> client.stat(TreePath.of("a"));
      case LISTING -> client.list(new ListRequest(SOURCE.getFirst(), false, false), _ -> {});
      case MAKING -> client.makeFolder(TreePath.of("a"), false);
      case SUMMING -> client.checksum(TreePath.of("a"));
      case GETTING ->
          client.get(new GetRequest(SOURCE, folder, false, true, Scripted.RULES), JobListener.NONE);
      case READING ->
          client.cat(TreePath.of("a"), Channels.newChannel(OutputStream.nullOutputStream()), 0);
      case PUTTING, SENDING ->
          client.put(
              new PutRequest(
                  List.of(new LocalSource("a", Files.writeString(folder.resolve("a"), "hello"))),
                  SOURCE.getFirst(),
                  false,
                  Scripted.RULES),
              JobListener.NONE);
    }
  }
}

package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.Trust;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedPeerTest {
  private static final Frame REPLY =
      new Frame.Attributes(new FileAttributes(Kind.FILE, 5, 0, 0644));
  private static final Script STAT = Script.begin().greetAsServer().expect(FrameType.STAT);

  @RegisterExtension static final FerryServerExtension FERRY = FerryServerExtension.writable();

  private static long stat(ScriptedPeer server) throws IOException {
    ClientOptions impatient =
        new ClientOptions(
            true,
            Trust.NOBODY,
            Credential.anonymous(),
            Duration.ofSeconds(10),
            new LinkTimes(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(10)));
    try (FerryClient client = FerryClient.connect(server.endpoint(), impatient)) {
      return client.stat(TreePath.of("file")).size();
    }
  }

  @Test
  void playsAServerForAClient() throws IOException {
    try (ScriptedPeer server = ScriptedPeer.listening(STAT.send(REPLY).untilEnd())) {
      assertThat(stat(server)).isEqualTo(5);
      server.finish();
      assertThat(server.received())
          .extracting(Received::type)
          .containsExactly(FrameType.HELLO, FrameType.LOGIN, FrameType.STAT);
      assertThat(server.received().getLast().frame()).isEqualTo(new Frame.Stat(List.of("file")));
    }
  }

  @Test
  void playsAClientForAServer() throws IOException {
    Script script =
        Script.begin()
            .greetAsClient()
            .send(new Frame.MakeFolder(false, List.of("made")), new Frame.Quit())
            .expect(FrameType.OK, FrameType.OK)
            .untilEnd();
    try (ScriptedPeer client = ScriptedPeer.calling(FERRY.endpoint(), script)) {
      client.finish();
    }
    assertThat(FERRY.root().resolve("made")).isDirectory();
  }

  @Test
  void playsOneScriptOnEachConnection() throws IOException {
    try (ScriptedPeer server = ScriptedPeer.listening(STAT.cut(), STAT.send(REPLY))) {
      assertThatThrownBy(() -> stat(server)).isInstanceOf(ConnectionLostException.class);
      assertThat(stat(server)).isEqualTo(5);
      server.finish();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1000})
  void sendsInSlices(int bytes) throws IOException {
    Script script =
        Script.begin().slices(bytes).greetAsServer().expect(FrameType.STAT).send(REPLY).untilEnd();
    try (ScriptedPeer server = ScriptedPeer.listening(script)) {
      assertThat(stat(server)).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 8, 9, 26})
  void cutsInTheMiddleOfAFrame(long bytes) throws IOException {
    try (ScriptedPeer server = ScriptedPeer.listening(STAT.cutAfter(bytes).send(REPLY))) {
      assertThatThrownBy(() -> stat(server)).isInstanceOf(ConnectionLostException.class);
      server.finish();
    }
  }

  @Test
  void resets() throws IOException {
    try (ScriptedPeer server = ScriptedPeer.listening(STAT.reset())) {
      assertThatThrownBy(() -> stat(server)).isInstanceOf(ConnectionLostException.class);
      server.finish();
    }
  }

  @Test
  void stallsUntilItIsReleased() throws IOException {
    try (ScriptedPeer server = ScriptedPeer.listening(STAT.stall().send(REPLY))) {
      assertThatThrownBy(() -> stat(server)).isInstanceOf(ConnectionLostException.class);
      server.release();
    }
    try (ScriptedPeer server = ScriptedPeer.listening(STAT.stall().send(REPLY))) {
      server.release();
      assertThat(stat(server)).isEqualTo(5);
    }
  }

  @Test
  void sendsBytesThatAreNoFrames() throws IOException {
    try (ScriptedPeer server =
        ScriptedPeer.listening(
            Script.begin()
                .bytes(new byte[] {'2', '2', '0', ' ', 'f', 't', 'p', '\n'})
                .untilEnd())) {
      assertThatThrownBy(() -> stat(server)).isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void saysWhichStepWentDifferently() throws IOException {
    Script script =
        Script.begin().greetAsClient().send(new Frame.Ping()).expect(FrameType.ATTRIBUTES);
    try (ScriptedPeer client = ScriptedPeer.calling(FERRY.endpoint(), script)) {
      assertThatThrownBy(client::finish)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("step 6, expect ATTRIBUTES")
          .hasMessageContaining("Ok");
    }
  }

  @Test
  void serverOutlivesAClientThatIsCutAtAnyByteOfItsFirstFlight() throws IOException {
    Script flight = Script.begin().greetAsClient().send(new Frame.Ping()).expect(FrameType.OK);
    for (int bytes = 0; bytes < 60; bytes++) {
      Script cut =
          Script.begin()
              .cutAfter(bytes)
              .send(
                  new Frame.Hello(1, 1, "scripted/1", List.of()),
                  new Frame.Login(0, "", Bytes.NONE),
                  new Frame.Ping());
      try (ScriptedPeer client = ScriptedPeer.calling(FERRY.endpoint(), cut)) {
        client.finish();
      }
    }
    try (ScriptedPeer client = ScriptedPeer.calling(FERRY.endpoint(), flight)) {
      client.finish();
    }
    assertThat(FERRY.server().log()).noneMatch(line -> line.contains("level=error"));
  }
}

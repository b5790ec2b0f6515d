package dev.ferry.transfer.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
  private static final List<Frame> FRAMES =
      List.of(
          new Frame.Stat(List.of("a", "文件")),
          new Frame.Ping(),
          new Frame.MakeFolder(true, List.of("x".repeat(200), "y")),
          new Frame.JobEnd(1, 2));

  private Wire wire;
  private Link link;

  @BeforeEach
  void connect() throws IOException {
    wire = Wire.connect();
    link = Wire.loggedIn(wire.left(), "the peer");
  }

  @AfterEach
  void close() throws IOException {
    link.close();
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void framesThatStickTogetherComeApart(boolean bulk) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(10_000);
    FRAMES.forEach(frame -> all.put(FrameCodec.encode(frame)));
    write(wire.right(), all.flip());
    link.bulk(bulk);
    for (Frame frame : FRAMES) {
      assertThat(link.read()).isEqualTo(frame);
    }
  }

  @Test
  void framesThatArriveByteByByteComeTogether() throws Exception {
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    wire.right().socket().setTcpNoDelay(true);
                    for (Frame frame : FRAMES) {
                      ByteBuffer bytes = FrameCodec.encode(frame);
                      while (bytes.hasRemaining()) {
                        write(wire.right(), ByteBuffer.allocate(1).put(bytes.get()).flip());
                      }
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    for (Frame frame : FRAMES) {
      assertThat(link.read()).isEqualTo(frame);
    }
    writer.join();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40_000, 262_144, 1_000_000})
  void contentArrivesBetweenControlFrames(int size) throws Exception {
    byte[] content = new byte[size];
    new java.util.Random(size).nextBytes(content);
    Link sender = Wire.loggedIn(wire.right(), "the sender");
    DataHeader header = new DataHeader(7, 0, new Hash128(1, 2), new Hash128(3, 4));
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    sender.send(new Frame.Ping());
                    sender.sendData(header, ByteBuffer.wrap(content));
                    sender.sendNow(new Frame.Ping());
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    assertThat(link.read()).isEqualTo(new Frame.Ping());
    FrameHeader data = link.next();
    assertThat(data.type()).isEqualTo(FrameType.DATA);
    assertThat(link.data(data)).isEqualTo(header);
    assertThat(link.remaining()).isEqualTo(size);
    ByteBuffer got = ByteBuffer.allocateDirect(size);
    link.content(got);
    byte[] bytes = new byte[size];
    got.flip().get(bytes);
    assertThat(bytes).isEqualTo(content);
    assertThat(link.read()).isEqualTo(new Frame.Ping());
    writer.join();
  }

  @Test
  void contentThatNobodyReadsIsDropped() throws IOException {
    Link sender = Wire.loggedIn(wire.right(), "the sender");
    sender.sendData(new DataHeader(0, 0, new Hash128(0, 0), null), ByteBuffer.allocate(50_000));
    sender.sendNow(new Frame.Ping());
    link.data(link.next());
    assertThat(link.read()).isEqualTo(new Frame.Ping());
    sender.close();
  }

  @Test
  void aFrameThatClaimsFourGibibytesIsRefusedByItsHeader() throws IOException {
    write(wire.right(), ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 0x11, 0, 0, 0}));
    assertThatThrownBy(() -> link.next())
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("4294967295");
  }

  @Test
  void theEndBetweenFramesIsNoErrorTheEndInsideOneIs() throws IOException {
    wire.right().shutdownOutput();
    assertThat(link.next()).isNull();
    try (Wire other = Wire.connect()) {
      Link cut = Wire.loggedIn(other.left(), "the peer");
      write(other.right(), ByteBuffer.wrap(new byte[] {0, 0, 0, 5, 0x11, 0}));
      other.right().shutdownOutput();
      assertThatThrownBy(cut::next).isInstanceOf(ConnectionLostException.class);
      cut.close();
    }
  }

  @Test
  void aliveIsSentBySilentSidesThatAreWaitedForAndNeverShown() throws IOException {
    LinkTimes quick =
        new LinkTimes(Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofSeconds(30));
    Link working = Wire.loggedIn(wire.right(), "the other", quick);
    working.owe(true);
    FrameHeader first = FrameHeader.parse(readExactly(wire.left(), 8), 0);
    assertThat(first.type()).isEqualTo(FrameType.ALIVE);
    working.sendNow(new Frame.Ok(3));
    assertThat(link.read()).isEqualTo(new Frame.Ok(3));
    working.close();
  }

  @Test
  void aPeerThatIsWaitedForAndSaysNothingIsLost() throws IOException {
    try (Wire other = Wire.connect();
        Link waiting = shortTempered(other)) {
      waiting.expect();
      assertThatThrownBy(waiting::next)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("the peer sent nothing");
    }
  }

  @Test
  void aPeerIsNotSilentWhileNobodyListens() throws IOException {
    try (Wire other = Wire.connect();
        Link busy = shortTempered(other)) {
      busy.expect();
      await().during(Duration.ofMillis(500)).until(busy::isOpen);
      write(other.right(), FrameCodec.encode(new Frame.Ping()));
      assertThat(busy.read()).isEqualTo(new Frame.Ping());
    }
  }

  @Test
  void aPeerThatDawdlesOverOneFrameIsLost() throws IOException {
    try (Wire other = Wire.connect();
        Link waiting = shortTempered(other)) {
      write(other.right(), ByteBuffer.wrap(new byte[] {0, 0, 0, 5, 0x11, 0}));
      assertThatThrownBy(waiting::next)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("for one frame");
    }
  }

  @Test
  void aPeerThatTakesNothingIsLost() throws IOException {
    try (Wire other = Wire.connect();
        Link writing = shortTempered(other)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  writing.sendData(
                      new DataHeader(0, 0, new Hash128(0, 0), null), ByteBuffer.allocate(200_000));
                }
              })
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("took nothing");
    }
  }

  @Test
  void aMissedDeadlineClosesTheConnection() throws IOException {
    try (Wire other = Wire.connect();
        Link waiting = shortTempered(other)) {
      waiting.deadline(Duration.ofMillis(100), "did not log in");
      assertThatThrownBy(waiting::next)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("the peer did not log in");
    }
  }

  private static Link shortTempered(Wire wire) {
    return Wire.loggedIn(
        wire.left(),
        "the peer",
        new LinkTimes(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(200)));
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer readExactly(SocketChannel channel, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      channel.read(bytes);
    }
    return bytes.flip();
  }
}

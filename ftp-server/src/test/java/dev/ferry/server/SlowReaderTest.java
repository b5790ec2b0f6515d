package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.transfer.link.LinkTimes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for a large file and does not take it, although it looks alive. */
class SlowReaderTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  /** Much more than the buffers of the system hold. */
  private static final long SIZE = 1L << 30;

  private static final int WINDOW = 8 << 10;

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  @BeforeEach
  void file() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
      file.setLength(SIZE);
    }
  }

  /** Nothing may happen for so long, and 600 KiB may take ten times as long. */
  private FerryServer serve(Duration frame) throws IOException {
    LinkTimes link = new LinkTimes(Duration.ofSeconds(1), LONG, frame);
    return fixture
        .on(root)
        .times(new ServerTimes(LONG, LONG, LONG, LONG, Duration.ofMillis(300), link))
        .start();
  }

  /** Connects with small buffers, so that what is read makes room for more at once. */
  private static RawClient ask(FerryServer server) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, WINDOW);
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    RawClient client = RawClient.over(channel);
    client.greet();
    client.link.deadline(null, "");
    return client.send(
        new Frame.Get(Mode.ALL, false, false, List.of(new SourcePath(false, List.of("large")))));
  }

  private boolean isCut() {
    return fixture.lines("lost").size() == 1 && fixture.lines("close").size() == 1;
  }

  private void assertNothingIsHeld() {
    await().until(() -> Thread.getAllStackTraces().values().stream().noneMatch(this::isWriting));
    await().until(() -> openOfTheFile() == 0);
  }

  private boolean isWriting(StackTraceElement... trace) {
    return Stream.of(trace).anyMatch(at -> at.getClassName().endsWith("LinkWriter"));
  }

  /** How many descriptors of this process stand for the file. */
  private long openOfTheFile() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(this::isTheFile).count();
    }
  }

  private boolean isTheFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).endsWith("large");
    } catch (IOException _) {
      return false; // It was closed meanwhile.
    }
  }

  @Test
  void readerThatStopsIsCut() throws IOException {
    try (FerryServer server = serve(Duration.ofMillis(300));
        RawClient client = ask(server)) {
      ByteBuffer some = ByteBuffer.allocate(64 << 10);
      while (some.hasRemaining()) {
        assertThat(client.channel.read(some)).isPositive();
      }
      await().until(this::isCut);
      assertThat(fixture.lines("lost").getFirst()).contains("took nothing for ");
      assertNothingIsHeld();
    }
  }

  @Test
  void readerThatTricklesIsCutAlthoughItTalks() throws IOException {
    try (FerryServer server = serve(Duration.ofMillis(150));
        RawClient client = ask(server)) {
      ByteBuffer little = ByteBuffer.allocate(1 << 10);
      await()
          .pollInterval(Duration.ofMillis(30))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> {
                boolean cut = isCut();
                if (!cut) {
                  client.channel.read(little.clear());
                  client.channel.write(FrameCodec.encode(new Frame.Alive()));
                }
                return cut;
              });
      assertThat(fixture.lines("lost").getFirst()).contains("took too little for ");
      assertNothingIsHeld();
    }
  }
}

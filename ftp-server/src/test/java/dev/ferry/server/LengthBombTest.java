package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.FrameType;
import dev.ferry.transfer.link.LinkTimes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames that announce much and bring nothing: what they cost is what has come, not what is said.
 */
class LengthBombTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration FRAME = Duration.ofMillis(150);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What both ends of a connection take together, in bytes. */
  private static final long MOST = 512 << 10;

  /** Lengths around every limit and every bit that a careless reader could trip over. */
  private static final List<Long> LENGTHS =
      List.of(
          1L << 12,
          (1L << 12) + 1,
          1L << 20,
          (1L << 20) + 1,
          (32L << 20) + 64,
          (32L << 20) + 65,
          (1L << 31) - 1,
          1L << 31,
          (1L << 31) + 1,
          (1L << 32) - 1);

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  /** What brings a connection into the state in which the bomb comes. */
  private interface Before {
    void go(RawClient client) throws IOException;
  }

  @Test
  void beforeTheLogin() throws IOException {
    measure(_ -> {}, FrameType.HELLO, FrameType.LOGIN, FrameType.DATA);
  }

  @Test
  void afterTheLogin() throws IOException {
    measure(RawClient::greet, FrameType.LIST, FrameType.PUT, FrameType.ALIVE, FrameType.DATA);
  }

  @Test
  void withinAJob() throws IOException {
    Frame.Put put =
        new Frame.Put(false, false, Overwrite.NEVER, Durability.NONE, List.of("a"), List.of("a"));
    Before job =
        client -> {
          client.greet();
          assertThat(client.ask(put)).isInstanceOf(Frame.Job.class);
        };
    measure(job, FrameType.ENTRY, FrameType.DATA);
  }

  private void measure(Before before, FrameType... types) throws IOException {
    LinkTimes link = new LinkTimes(Duration.ofSeconds(1), LONG, FRAME);
    ServerTimes times = new ServerTimes(LONG, LONG, LONG, LONG, Duration.ofMillis(300), link);
    try (FerryServer server = fixture.on(root).times(times).start()) {
      bomb(server, before, types[0], 1);
      for (FrameType type : types) {
        for (long length : LENGTHS) {
          long begun = THREADS.getTotalThreadAllocatedBytes();
          bomb(server, before, type, length);
          assertThat(THREADS.getTotalThreadAllocatedBytes() - begun)
              .as("%s of %d bytes", type, length)
              .isLessThan(MOST);
        }
      }
    }
  }

  /** Announces a frame, and waits until the server has had enough. */
  private static void bomb(FerryServer server, Before before, FrameType type, long length)
      throws IOException {
    try (RawClient client = RawClient.connect(server)) {
      before.go(client);
      client.bytes(ByteBuffer.allocate(8).putInt((int) length).put((byte) type.code()).array());
      client.end();
    }
  }
}

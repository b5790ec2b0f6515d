package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.ferry.protocol.FrameLog.Direction;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are frames or a protocol error, whoever sends them. What is accepted has one form on
 * the wire, costs what it is long, and shows nothing raw in a log.
 */
class FrameFuzzTest {
  private static final int LONGEST_SEED = 4 << 10;

  /** Objects for each byte: a path of empty names has the most. */
  private static final int COST_OF_A_BYTE = 120;

  private static final int COST_OF_AN_ERROR = 100_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<byte[]> frames() {
    return Vectors.all().stream()
        .flatMap(vector -> vector.pieces().stream())
        .map(piece -> piece.bytes().toArray())
        .filter(bytes -> bytes.length <= LONGEST_SEED);
  }

  @MethodSource
  @FuzzTest
  void frames(byte[] input) {
    // Twice, because at first classes are loaded.
    decode(input);
    long before = threads.getCurrentThreadAllocatedBytes();
    decode(input);
    long cost = threads.getCurrentThreadAllocatedBytes() - before;
    if (cost > COST_OF_AN_ERROR + (long) COST_OF_A_BYTE * input.length) {
      throw new AssertionError("%d bytes for %d".formatted(cost, input.length));
    }
  }

  private static void decode(byte[] input) {
    ByteBuffer in = ByteBuffer.wrap(input);
    int limit = Limits.PAYLOAD_BEFORE_LOGIN;
    try {
      while (in.remaining() >= FrameHeader.BYTES) {
        FrameHeader header = FrameHeader.parse(in, limit);
        if (header.length() > in.remaining()) {
          return;
        }
        ByteBuffer payload = in.slice(in.position(), header.length());
        in.position(in.position() + header.length());
        if (header.type() == FrameType.DATA) {
          data(payload);
        } else if (header.type() != null) {
          control(header.type(), payload);
        }
        limit = Limits.PAYLOAD;
      }
    } catch (ProtocolException e) {
      assertShownAsItIs(e.getMessage());
      assertThat(e).hasMessageContaining("spec");
    }
  }

  private static void control(FrameType type, ByteBuffer payload) throws ProtocolException {
    Frame frame = FrameCodec.decode(type, payload.duplicate());
    assertThat(frame.type()).isEqualTo(type);
    assertThat(FrameCodec.encode(frame).position(FrameHeader.BYTES)).isEqualTo(payload);
    assertShownAsItIs(FrameLog.line(Direction.IN, frame));
  }

  private static void data(ByteBuffer payload) throws ProtocolException {
    ByteBuffer in = payload.duplicate();
    DataHeader data = DataHeader.read(in);
    ByteBuffer again = ByteBuffer.allocate(FrameHeader.BYTES + data.length());
    data.write(again, in.remaining());
    assertThat(again.flip().position(FrameHeader.BYTES)).isEqualTo(payload.slice(0, data.length()));
    assertShownAsItIs(FrameLog.line(Direction.IN, data, in.remaining()));
  }

  private static void assertShownAsItIs(String line) {
    assertThat(RawText.isIn(line)).as(line).isFalse();
  }
}

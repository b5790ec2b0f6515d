package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What holds for any frame and any bytes. Repeat a run with {@code -Dferry.seed=…}. */
class FrameCodecPropertyTest {
  private static final int ROUNDS = 3_000;

  private final long seed = Long.getLong("ferry.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeEach
  void printTheSeed(TestReporter reporter) {
    reporter.publishEntry("ferry.seed", String.valueOf(seed));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DATA")
  void aFrameComesBackAsItWas(FrameType type) throws ProtocolException {
    RandomFrames frames = new RandomFrames(seed);
    for (int round = 0; round < ROUNDS / 10; round++) {
      Frame frame = frames.of(type);
      ByteBuffer encoded = FrameCodec.encode(frame);
      FrameHeader header = FrameHeader.parse(encoded, Limits.PAYLOAD);
      assertThat(header).isEqualTo(new FrameHeader(encoded.remaining(), type));
      assertThat(FrameCodec.decode(type, encoded)).as("seed %d", seed).isEqualTo(frame);
      assertThat(encoded.hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DATA")
  void randomBytesAreAFrameOrAProtocolError(FrameType type) {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = new byte[random.nextInt(120)];
      fill(payload);
      decode(type, payload);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DATA")
  void aDamagedFrameIsAFrameOrAProtocolError(FrameType type) {
    RandomFrames frames = new RandomFrames(seed);
    for (int round = 0; round < ROUNDS / 5; round++) {
      ByteBuffer encoded = FrameCodec.encode(frames.of(type)).position(FrameHeader.BYTES);
      byte[] payload = new byte[Math.max(0, encoded.remaining() + random.nextInt(-3, 3))];
      encoded.get(payload, 0, Math.min(payload.length, encoded.remaining()));
      for (int i = random.nextInt(3); i > 0 && payload.length > 0; i--) {
        payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      }
      decode(type, payload);
    }
  }

  @Test
  void aRandomHeaderIsAHeaderOrAProtocolError() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[FrameHeader.BYTES];
      fill(bytes);
      int limit = random.nextBoolean() ? Limits.PAYLOAD : Limits.PAYLOAD_BEFORE_LOGIN;
      try {
        FrameHeader header = FrameHeader.parse(ByteBuffer.wrap(bytes), limit);
        assertThat(header.length())
            .isBetween(0, header.type() == FrameType.DATA ? Integer.MAX_VALUE : limit);
      } catch (ProtocolException expected) {
        assertThat(expected).hasMessageContaining("spec");
      }
    }
  }

  @Test
  void aRandomDataHeaderIsOneOrAProtocolError() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      fill(bytes);
      ByteBuffer payload = ByteBuffer.wrap(bytes);
      try {
        DataHeader data = DataHeader.read(payload);
        ByteBuffer again = ByteBuffer.allocate(FrameHeader.BYTES + data.length());
        data.write(again, payload.remaining());
        assertThat(ByteBuffer.wrap(bytes, 0, data.length()))
            .as("seed %d", seed)
            .isEqualTo(again.flip().position(FrameHeader.BYTES));
      } catch (ProtocolException expected) {
        assertThat(expected).hasMessageContaining("DATA");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DATA")
  void nothingIsAllocatedForAClaim(FrameType type) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] payload = new byte[64];
    for (int round = 0; round < ROUNDS; round++) {
      fill(payload);
      int at = random.nextInt(payload.length - 1);
      payload[at] = (byte) 0xFF;
      payload[at + 1] = (byte) 0xFE;
      long before = threads.getCurrentThreadAllocatedBytes();
      decode(type, payload);
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).as("seed %d, round %d", seed, round).isLessThan(100_000);
    }
  }

  /** Whatever is accepted has one form on the wire only. */
  private void decode(FrameType type, byte[] payload) {
    try {
      Frame frame = FrameCodec.decode(type, ByteBuffer.wrap(payload));
      assertThat(FrameCodec.encode(frame).position(FrameHeader.BYTES))
          .as("seed %d, %s", seed, frame)
          .isEqualTo(ByteBuffer.wrap(payload));
    } catch (ProtocolException expected) {
      assertThat(expected).hasMessageContaining("spec");
    }
  }

  /** Mostly small numbers: they are counts and lengths that fit. */
  private void fill(byte[] bytes) {
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(4) > 0) {
        bytes[i] = (byte) random.nextInt(4);
      }
    }
  }
}

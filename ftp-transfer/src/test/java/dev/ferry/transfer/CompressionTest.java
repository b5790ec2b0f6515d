package dev.ferry.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame.Mode;
import dev.ferry.transfer.link.Agreed;
import dev.ferry.transfer.link.Zstd;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Chunks that travel compressed (spec 8.2), over a line that is held back. */
@EnabledIf("isAvailable")
class CompressionTest {
  private static final int SIZE = 12 << 20;

  @TempDir private Path temp;
  private Path from;
  private Path to;

  static boolean isAvailable() {
    return Zstd.isAvailable();
  }

  @BeforeEach
  void makeFolders() throws Exception {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
  }

  private long bytesOnTheWire(boolean agreed, long rate) throws Exception {
    try (Job job = new Job(from, to)) {
      if (agreed) {
        Agreed.on(job.senderLink);
        Agreed.on(job.receiverLink);
      }
      job.mode = Mode.ALL;
      job.sendingPace = new Pace(rate);
      Job.Outcome outcome = job.run();
      assertThat(outcome.sent().failed()).isZero();
      assertThat(outcome.sent().bytes()).isEqualTo(SIZE);
      assertThat(outcome.received().bytes()).isEqualTo(SIZE);
      assertThat(to.resolve("file")).hasSameBinaryContentAs(from.resolve("file"));
      return job.senderLink.bytesWritten();
    }
  }

  @Test
  void textTakesLessOfASlowLine() throws Exception {
    Files.writeString(
        from.resolve("file"), "all work and no play\n".repeat(SIZE / 21 + 1).substring(0, SIZE));
    assertThat(bytesOnTheWire(true, 4 << 20)).isLessThan(SIZE / 2);
  }

  @Test
  void nothingIsCompressedUnlessBothSidesHaveNamedTheFeature() throws Exception {
    Files.write(from.resolve("file"), new byte[SIZE]);
    assertThat(bytesOnTheWire(false, 20 << 20)).isGreaterThan(SIZE);
  }

  @Test
  void whatCannotBeCompressedTravelsAsItIs() throws Exception {
    byte[] noise = new byte[SIZE];
    new Random(7).nextBytes(noise);
    Files.write(from.resolve("file"), noise);
    assertThat(bytesOnTheWire(true, 20 << 20)).isGreaterThan(SIZE);
  }

  @Test
  void aFrameGivesItsContentOrNothing() {
    ByteBuffer text = direct(1000).put("so be it ".repeat(111).getBytes(US_ASCII)).flip();
    ByteBuffer frame = direct(1000);
    try (Zstd zstd = new Zstd()) {
      assertThat(zstd.compress(text, frame, 5)).isFalse();
      assertThat(zstd.compress(text, frame, 900)).isTrue();
    }
    assertThat(Zstd.contentSize(frame)).isEqualTo(999);
    ByteBuffer back = direct(999);
    assertThat(Zstd.decompress(frame, back)).isTrue();
    assertThat(back.flip()).isEqualTo(text);
    assertThat(Zstd.decompress(frame, direct(998))).isFalse();
    assertThat(Zstd.decompress(frame, direct(1000))).isFalse();
    assertThat(Zstd.decompress(frame.limit(frame.limit() - 1), direct(999))).isFalse();
    assertThat(Zstd.contentSize(direct(20))).isNegative();
  }

  private static ByteBuffer direct(int size) {
    return ByteBuffer.allocateDirect(size);
  }
}

package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is compressed on links and data of all kinds, with a clock of the test's own. */
class CompressionPolicyTest {
  private static final int CHUNK = 256 << 10;
  private static final long FILE = 1L << 30;

  /** Bytes per second of the compressor, and what reading and hashing take beside it. */
  private static final double COMPRESSES = 400e6;

  private static final double READS = 2e9;

  private CompressionPolicy policy = new CompressionPolicy(false);
  private long packed;
  private long wasted;
  private double nanos;

  /** Sends so much over a link, whose buffer takes the first 4 MiB at once. */
  private void send(long bytes, double link, double ratio) {
    double buffered = 4 << 20;
    for (long sent = 0; sent < bytes; sent += CHUNK) {
      double busy = CHUNK / READS * 1e9;
      boolean smaller = false;
      if (policy.compresses()) {
        double took = CHUNK / COMPRESSES * 1e9;
        busy += took;
        smaller = ratio < 0.94;
        policy.compressed(CHUNK, (int) (smaller ? CHUNK * ratio : CHUNK), (long) took);
        wasted += smaller ? 0 : CHUNK;
        packed += smaller ? CHUNK : 0;
      }
      double wire = smaller ? CHUNK * ratio : CHUNK;
      buffered += busy / 1e9 * link;
      double writing = Math.max(wire - Math.min(buffered, 4 << 20), 0) / link * 1e9;
      buffered = Math.max(Math.min(buffered, 4 << 20) - wire + writing / 1e9 * link, 0);
      policy.sent(CHUNK, smaller, (long) writing, (long) (busy + writing));
      nanos += busy + writing;
    }
  }

  @Test
  void aSlowLinkIsSparedNearlyAllOfWhatCanBeCompressed() {
    send(FILE, 6.25e6, 0.25);
    assertThat(packed).isGreaterThan(FILE * 95 / 100);
    assertThat(nanos / 1e9).isLessThan(FILE / 6.25e6 * 0.3);
  }

  @Test
  void aGigabitIsWorthIt() {
    send(FILE, 125e6, 0.25);
    assertThat(packed).isGreaterThan(FILE * 9 / 10);
  }

  @Test
  void aFastLinkIsLeftAlone() {
    send(FILE, 2e9, 0.01);
    assertThat(packed + wasted).isZero();
  }

  @Test
  void withinOneMachineOnlyASlowTunnelIsWorthIt() {
    policy = new CompressionPolicy(true);
    send(FILE, 125e6, 0.25);
    assertThat(packed + wasted).isZero();
    send(FILE, 6.25e6, 0.25);
    assertThat(packed).isGreaterThan(FILE * 9 / 10);
  }

  @Test
  void whatCannotBeCompressedIsHardlyTried() {
    send(FILE, 6.25e6, 1.0);
    assertThat(packed).isZero();
    assertThat(wasted).isBetween((long) CHUNK, 16L * CHUNK);
  }

  @Test
  void whatBecomesCompressibleIsNoticedInTime() {
    send(64 << 20, 6.25e6, 1.0);
    send(256 << 20, 6.25e6, 0.25);
    assertThat(packed).isGreaterThan(128 << 20);
  }

  @Test
  void aSlowReaderIsNotHelpedForLong() {
    // Writing blocks for the content, however small it arrives.
    for (long sent = 0; sent < FILE; sent += CHUNK) {
      boolean compresses = policy.compresses();
      if (compresses) {
        policy.compressed(CHUNK, CHUNK / 4, 600_000);
        packed += CHUNK;
      }
      policy.sent(CHUNK, compresses, 2_000_000, 2_100_000);
    }
    assertThat(packed).isBetween((long) CHUNK, FILE / 8);
  }
}

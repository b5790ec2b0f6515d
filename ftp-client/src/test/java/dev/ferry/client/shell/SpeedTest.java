package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final long TENTH = TimeUnit.MILLISECONDS.toNanos(100);

  private final Speed speed = new Speed(0);
  private long nanos;
  private long bytes;

  @Test
  void isExactFromTheStartWhileNothingChanges() {
    run(1, 1000);
    assertThat(speed.bytesPerSecond()).isCloseTo(1000, within(1.0));
    run(100, 1000);
    assertThat(speed.bytesPerSecond()).isCloseTo(1000, within(1.0));
  }

  @Test
  void followsAChangeWithinSecondsAndNotAtOnce() {
    run(100, 1000);
    run(5, 9000);
    assertThat(speed.bytesPerSecond()).isBetween(1500.0, 4000.0);
    run(100, 9000);
    assertThat(speed.bytesPerSecond()).isCloseTo(9000, within(500.0));
  }

  @Test
  void fallsToNothingWhenNothingMoves() {
    run(100, 1000);
    run(400, 0);
    assertThat(speed.bytesPerSecond()).isLessThan(1);
  }

  @Test
  void isZeroBeforeAnyTimeHasPassed() {
    speed.at(0, 1000);
    assertThat(speed.bytesPerSecond()).isZero();
  }

  private void run(int tenths, long bytesPerSecond) {
    for (int i = 0; i < tenths; i++) {
      nanos += TENTH;
      bytes += bytesPerSecond / 10;
      speed.at(nanos, bytes);
    }
  }
}

package dev.ferry.client.shell;

/**
 * Bytes per second, smoothed: what moved counts less the longer ago it was, so that the figure
 * follows a change within seconds and does not jump about. One thread at a time.
 */
final class Speed {
  private static final double MEMORY_SECONDS = 3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final long start;
  private long then;
  private long bytesThen;
  private double weightedBytes;
  private double weightedSeconds;

  /**
   * @param nanos the time at which nothing had moved yet, as of {@link System#nanoTime}
   */
  Speed(long nanos) {
    start = nanos;
    then = nanos;
  }

  /** Takes in that so many bytes had moved altogether at this time. */
  void at(long nanos, long bytes) {
    double seconds = (nanos - then) / NANOS_PER_SECOND;
    if (seconds <= 0) {
      return;
    }
    double kept = Math.exp(-seconds / MEMORY_SECONDS);
    weightedBytes = weightedBytes * kept + (bytes - bytesThen);
    weightedSeconds = weightedSeconds * kept + seconds;
    then = nanos;
    bytesThen = bytes;
  }

  /** 0 when nothing has moved for a long time, and at the start. */
  double bytesPerSecond() {
    return weightedSeconds == 0 ? 0 : weightedBytes / weightedSeconds;
  }

  /** Seconds since the start, up to the last call of {@link #at}. */
  double seconds() {
    return (then - start) / NANOS_PER_SECOND;
  }
}

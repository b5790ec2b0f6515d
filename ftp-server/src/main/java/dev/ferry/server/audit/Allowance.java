package dev.ferry.server.audit;

import java.time.Duration;

/** A thousand things at first, then ten a second; what is beyond that is counted. */
final class Allowance {
  static final int MOST = 1000;
  static final Duration EACH = Duration.ofMillis(100);

  private long since;
  private int taken;
  private long uncounted;

  Allowance(long now) {
    since = now;
  }

  /**
   * One thing.
   *
   * @param now by {@link System#nanoTime()}
   * @return how many were not allowed since the last one that was; -1: this one is not
   */
  synchronized long take(long now) {
    long given = Math.min((now - since) / EACH.toNanos(), taken);
    taken -= (int) given;
    since = taken == 0 ? now : since + given * EACH.toNanos();
    if (taken == MOST) {
      uncounted++;
      return -1;
    }
    taken++;
    long before = uncounted;
    uncounted = 0;
    return before;
  }

  /** How many were not allowed and not told of yet. */
  synchronized long left() {
    return uncounted;
  }
}

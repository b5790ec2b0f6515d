package dev.ferry.transfer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How fast the content of a job may go over all its connections together. Who is about to move some
 * first waits until what was moved before is paid for; a pause of the job saves up a tenth of a
 * second, no more. For use by many threads.
 */
public final class Pace {
  /** As fast as it goes. */
  public static final Pace FREE = new Pace(0);

  private static final long SAVED = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int STEPS_PER_SECOND = 10;
  private static final int LEAST_STEP = 4 << 10;

  private final long rate;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private long paid = System.nanoTime();
  private boolean stopped;

  /**
   * For one job.
   *
   * @param rate bytes per second; 0: as fast as it goes
   */
  public Pace(long rate) {
    this.rate = rate;
  }

  /** How many bytes a reader takes at a time, so that they come evenly. */
  int step() {
    return rate == 0
        ? Integer.MAX_VALUE
        : Math.clamp(rate / STEPS_PER_SECOND, LEAST_STEP, Integer.MAX_VALUE);
  }

  /** Blocks until so many bytes may go, or the job is stopped. */
  void take(int bytes) {
    if (rate == 0) {
      return;
    }
    lock.lock();
    try {
      long start = Math.max(paid, System.nanoTime() - SAVED);
      paid = start + (long) (bytes * 1e9 / rate);
      long left = start - System.nanoTime();
      while (left > 0 && !stopped) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody waits any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

package dev.ferry.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of {@code pool:N}: who comes first is served first. Safe for use by many threads; the
 * lock is never held while waiting.
 */
final class Slots {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int free;
  private boolean closed;

  /** Somebody who waits. What it came to is set before it is called. */
  private static final class Turn {
    private final CountDownLatch called = new CountDownLatch(1);
    private volatile boolean granted;

    void call(boolean grant) {
      granted = grant;
      called.countDown();
    }
  }

  Slots(int free) {
    this.free = free;
  }

  /**
   * Waits for a place, which has to be {@linkplain #release() released}.
   *
   * @return false if none was free in time, or none is given out any more
   */
  boolean take(Duration limit) throws InterruptedException {
    Turn turn = new Turn();
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (free > 0) {
        free--;
        return true;
      }
      waiting.add(turn);
    } finally {
      lock.unlock();
    }
    try {
      turn.called.await(limit.toNanos(), TimeUnit.NANOSECONDS);
      withdraw(turn);
      return turn.granted;
    } catch (InterruptedException e) {
      withdraw(turn);
      if (turn.granted) {
        release();
      }
      throw e;
    }
  }

  /** From now on this one is not called any more; it may have been in the last moment. */
  private void withdraw(Turn turn) {
    lock.lock();
    try {
      waiting.remove(turn);
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back, to the one that has waited longest. */
  void release() {
    lock.lock();
    try {
      Turn next = waiting.poll();
      if (next == null) {
        free++;
      } else {
        next.call(true);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends everyone away who waits or comes later. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(turn -> turn.call(false));
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }
}

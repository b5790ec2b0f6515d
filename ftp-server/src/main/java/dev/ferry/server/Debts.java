package dev.ferry.server;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Times that somebody has to wait out: they grow by adding, run out by themselves, and are bounded,
 * each of them and their number. When there is no room for one more, the one that has not grown for
 * longest is forgotten. Safe for use by many threads.
 *
 * @param <K> who owes
 */
final class Debts<K> {
  private static final int MOST = 65_536;

  private final Duration highest;
  private final ReentrantLock lock = new ReentrantLock();

  /** When each runs out, by {@link System#nanoTime()}; the one that grew last comes last. */
  private final Map<K, Long> ends = new LinkedHashMap<>();

  /**
   * Nobody owes anything.
   *
   * @param highest none gets higher than this
   */
  Debts(Duration highest) {
    this.highest = highest;
  }

  /** What is left; zero if nothing. */
  Duration of(K who) {
    lock.lock();
    try {
      return left(who, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Adds to it, and returns what it is now. */
  Duration add(K who, Duration more) {
    lock.lock();
    try {
      long now = System.nanoTime();
      Duration sum = Collections.min(List.of(highest, left(who, now).plus(more)));
      ends.remove(who);
      makeRoom(now);
      ends.put(who, now + sum.toNanos());
      return sum;
    } finally {
      lock.unlock();
    }
  }

  /** Adds to it if it does not exceed the limit with that; false if it would, and is as before. */
  boolean addWithin(K who, Duration more, Duration limit) {
    lock.lock();
    try {
      boolean fits = left(who, System.nanoTime()).plus(more).compareTo(limit) <= 0;
      if (fits) {
        add(who, more);
      }
      return fits;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back what was added. */
  void forgive(K who, Duration less) {
    lock.lock();
    try {
      ends.computeIfPresent(who, (_, end) -> end - less.toNanos());
    } finally {
      lock.unlock();
    }
  }

  private Duration left(K who, long now) {
    Long end = ends.get(who);
    return end == null || end - now <= 0 ? Duration.ZERO : Duration.ofNanos(end - now);
  }

  private void makeRoom(long now) {
    Iterator<Long> oldest = ends.values().iterator();
    while (oldest.hasNext() && (oldest.next() - now <= 0 || ends.size() >= MOST)) {
      oldest.remove();
    }
  }
}

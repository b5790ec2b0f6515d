package dev.ferry.server;

import dev.ferry.protocol.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All open connections, and the places they take. Those that have not logged in yet have places of
 * their own: strangers who connect and say nothing push each other out, the oldest first, and never
 * one that is served.
 *
 * <p>Safe for use by many threads. The lock is held for a few steps only, never while a connection
 * does anything.
 */
final class Connections {
  private static final int RETRY_WHEN_FULL = 5;
  private static final int RETRY_WHEN_DRAINING = 30;
  private static final String END = "the server ends";

  private final ServerLimits limits;
  private final Slots slots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final SequencedSet<Connection> greeting = new LinkedHashSet<>();
  private final SequencedSet<Connection> served = new LinkedHashSet<>();
  private volatile boolean draining;
  private boolean cut;

  /**
   * Nobody yet.
   *
   * @param slots the threads there are for those that logged in
   */
  Connections(ServerLimits limits, Slots slots) {
    this.limits = limits;
    this.slots = slots;
  }

  /**
   * Takes a connection in, and cuts the one that has failed to log in for longest if there are too
   * many.
   */
  void enter(Connection connection) {
    Connection tooMuch = null;
    String why = null;
    lock.lock();
    try {
      greeting.add(connection);
      if (cut) {
        tooMuch = connection;
        why = END;
      } else if (greeting.size() > limits.logins()) {
        tooMuch = greeting.removeFirst();
        why = "%d that came later are logging in".formatted(limits.logins());
      }
    } finally {
      lock.unlock();
    }
    if (tooMuch != null) {
      tooMuch.cut(why);
    }
  }

  /**
   * Gives a connection that logged in one of the places, and waits for a thread if they are
   * counted.
   *
   * @param turn how long to wait
   * @return null, or what to answer instead of WELCOME
   */
  Frame.Busy admit(Connection connection, Duration turn) throws InterruptedException {
    lock.lock();
    try {
      if (draining) {
        return busy();
      }
      if (served.size() >= limits.connections()) {
        return full("server full: %d connections".formatted(limits.connections()));
      }
      if (isTooMuchForOne(connection.principal())) {
        return full("this login has %d connections already".formatted(limits.perUser()));
      }
      greeting.remove(connection);
      served.add(connection);
    } finally {
      lock.unlock();
    }
    if (slots.take(turn)) {
      connection.holdsSlot();
      return null;
    }
    return draining ? busy() : full("server full: all its threads are busy");
  }

  private boolean isTooMuchForOne(Principal who) {
    return !who.isAnonymous()
        && served.stream().filter(one -> one.principal().isSame(who)).count() >= limits.perUser();
  }

  private static Frame.Busy full(String why) {
    return new Frame.Busy(false, RETRY_WHEN_FULL, why);
  }

  /** Frees whatever place the connection had. */
  void leave(Connection connection) {
    if (connection.isHoldingSlot()) {
      slots.release();
    }
    lock.lock();
    try {
      greeting.remove(connection);
      served.remove(connection);
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody new is served. */
  boolean isDraining() {
    return draining;
  }

  /** What a draining server says instead of serving. */
  static Frame.Busy busy() {
    return new Frame.Busy(true, RETRY_WHEN_DRAINING, "the server is going down");
  }

  /** What a server says that cannot write down who logs in. */
  static Frame.Busy unrecorded() {
    return new Frame.Busy(
        false, RETRY_WHEN_DRAINING, "the server cannot write its audit log; tell its operator");
  }

  /** Those that have logged in, the oldest first. */
  List<Connection> allServed() {
    lock.lock();
    try {
      return List.copyOf(served);
    } finally {
      lock.unlock();
    }
  }

  int served() {
    lock.lock();
    try {
      return served.size();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody new is served, and whoever waits is sent away. */
  void drain() {
    draining = true;
    slots.close();
    all().forEach(Connection::drain);
  }

  /** Ends those whose time is over. */
  void expire() {
    all().forEach(Connection::expire);
  }

  /** Closes all at once, and from now on whoever comes. */
  void cut() {
    lock.lock();
    try {
      cut = true;
    } finally {
      lock.unlock();
    }
    all().forEach(connection -> connection.cut(END));
  }

  /** Waits until nobody is served any more; false if that takes too long. */
  boolean awaitServed(Duration limit) {
    return await(limit, false);
  }

  /** Waits until nobody is left; false if that takes too long. */
  boolean awaitAll(Duration limit) {
    return await(limit, true);
  }

  private boolean await(Duration limit, boolean all) {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      while (!served.isEmpty() || (all && !greeting.isEmpty())) {
        long rest = end - System.nanoTime();
        if (rest <= 0) {
          return false;
        }
        try {
          left.awaitNanos(rest);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      return true;
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<Connection> all() {
    lock.lock();
    try {
      List<Connection> all = new ArrayList<>(greeting);
      all.addAll(served);
      return all;
    } finally {
      lock.unlock();
    }
  }
}

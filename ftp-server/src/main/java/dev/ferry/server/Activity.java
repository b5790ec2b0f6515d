package dev.ferry.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a connection is doing. Its own thread moves it along; the clock and a drain may end it, but
 * only while nothing is being done for the peer. Who changes it first decides.
 */
final class Activity {
  enum Phase {
    /** HELLO and LOGIN are to come. */
    GREETING,
    /** The client works out what CHALLENGE asks for. */
    PROVING,
    /** Waits for a request. */
    WAITING,
    /** Something is being done for the peer. */
    SERVING,
    /** The last frame is being said, or the connection is closed. */
    ENDED
  }

  private record State(Phase phase, long since) {}

  private final AtomicReference<State> state =
      new AtomicReference<>(new State(Phase.GREETING, System.nanoTime()));

  Phase phase() {
    return state.get().phase();
  }

  /** Moves on; false if the connection was ended meanwhile. */
  boolean enter(Phase next) {
    State old = state.get();
    return old.phase() != Phase.ENDED && state.compareAndSet(old, fresh(next));
  }

  /** Ends it if it is in this phase; true for the one caller that did. */
  boolean endIf(Phase phase) {
    State old = state.get();
    return old.phase() == phase && state.compareAndSet(old, fresh(Phase.ENDED));
  }

  /**
   * Ends it if it has been in this phase for longer than the limit; true for the one caller that
   * did.
   */
  boolean endIf(Phase phase, Duration limit) {
    State old = state.get();
    return old.phase() == phase
        && System.nanoTime() - old.since() > limit.toNanos()
        && state.compareAndSet(old, fresh(Phase.ENDED));
  }

  /** Ends it; true unless it had ended before. */
  boolean end() {
    return state.getAndSet(fresh(Phase.ENDED)).phase() != Phase.ENDED;
  }

  private static State fresh(Phase phase) {
    return new State(phase, System.nanoTime());
  }
}

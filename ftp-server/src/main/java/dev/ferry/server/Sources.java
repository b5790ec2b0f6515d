package dev.ferry.server;

import dev.ferry.protocol.Frame;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each {@link Source} may take: so many connections at once, and none for a while if earlier
 * ones came to nothing. Decided before anything is done for a connection. Safe for use by many
 * threads; nothing blocks.
 */
final class Sources {
  private static final int RETRY_WHEN_FULL = 5;

  /** How long connections may come late that a client opened for a job that is over. */
  private static final Duration FAREWELL = Duration.ofSeconds(10);

  private final ServerLimits limits;
  private final EventLog log;
  private final Map<Source, Integer> open = new ConcurrentHashMap<>();
  private final Debts<Source> penalties;
  private final Map<Source, Integer> inside = new ConcurrentHashMap<>();
  private final Debts<Source> justLeft = new Debts<>(FAREWELL);

  Sources(ServerLimits limits, EventLog log) {
    this.limits = limits;
    this.log = log;
    penalties = new Debts<>(limits.penalties().highest());
  }

  /**
   * Counts a connection.
   *
   * @return null if it may come in and has to {@link #leave}; else why it is turned away
   */
  Frame.Busy enter(Source source) {
    if (isExempt(source)) {
      return null;
    }
    Duration penalty = penalties.of(source);
    if (isEnforced(penalty)) {
      return new Frame.Busy(
          false,
          (int) penalty.minus(limits.penalties().enforced()).toSeconds() + 1,
          "too many connections of %s did not log in; it has to wait".formatted(source.name()));
    }
    if (open.merge(source, 1, Integer::sum) > limits.perSource()) {
      leave(source);
      String full = "%s has %d connections already".formatted(source.name(), limits.perSource());
      log.warn("turned-away").with("msg", full).write();
      return new Frame.Busy(false, RETRY_WHEN_FULL, full);
    }
    return null;
  }

  /** Counts one less. */
  void leave(Source source) {
    countLess(open, source);
  }

  /** A connection of this source did log in; {@link #loggedOut} follows. */
  void loggedIn(Source source) {
    inside.merge(source, 1, Integer::sum);
  }

  /** One of those is over. */
  void loggedOut(Source source) {
    justLeft.add(source, FAREWELL);
    countLess(inside, source);
  }

  /** A connection of this source did not log in. */
  void penalise(Source source, Offence offence) {
    if (isExempt(source) || (offence == Offence.NO_LOGIN && isKnown(source))) {
      return;
    }
    Duration more = offence.penalty(limits.penalties());
    Duration before = penalties.of(source);
    Duration after = penalties.add(source, more);
    if (isEnforced(after) && !isEnforced(before)) {
      log.warn("penalty").with("source", source.name()).with("s", after.toSeconds()).write();
    }
  }

  private static void countLess(Map<Source, Integer> counts, Source source) {
    counts.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Clients hang up on connections that they opened for more speed, and do not need any more. */
  private boolean isKnown(Source source) {
    return inside.containsKey(source) || justLeft.of(source).isPositive();
  }

  private boolean isEnforced(Duration penalty) {
    return penalty.isPositive() && penalty.compareTo(limits.penalties().enforced()) >= 0;
  }

  private boolean isExempt(Source source) {
    return source.onThisMachine() && !limits.loopbackToo();
  }
}

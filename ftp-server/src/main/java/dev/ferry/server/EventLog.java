package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * The log: one line an event, in logfmt, whatever names and messages the peers make up. Safe for
 * use by many threads, if the consumer of its lines is.
 */
final class EventLog {
  private static final int FRAMES_SHOWN = 8;

  private final Consumer<String> lines;
  private final InstantSource clock;

  EventLog(Consumer<String> lines, InstantSource clock) {
    this.lines = lines;
    this.clock = clock;
  }

  /** Something that happens every day. */
  Event info(String event) {
    return begin("info", event);
  }

  /** Something that the operator may want to look at. */
  Event warn(String event) {
    return begin("warn", event);
  }

  /** Something that should not be. */
  Event error(String event) {
    return begin("error", event);
  }

  /** A defect of this program. */
  Event defect(Throwable defect) {
    return error("defect")
        .with("code", ErrorCode.INTERNAL.wireName())
        .with("msg", defect.toString())
        .with("at", place(defect));
  }

  private Event begin(String level, String event) {
    StringBuilder line = new StringBuilder(200);
    line.append("time=").append(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    line.append(" level=").append(level).append(" event=").append(event);
    return new Event(line, lines);
  }

  private static String place(Throwable defect) {
    StringBuilder place = new StringBuilder();
    StackTraceElement[] trace = defect.getStackTrace();
    for (int i = 0; i < trace.length && i < FRAMES_SHOWN; i++) {
      place.append(i == 0 ? "" : " < ").append(trace[i]);
    }
    return place.toString();
  }
}

package dev.ferry.server;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame;
import dev.ferry.transfer.Errors;
import java.io.IOException;

/** Replies to requests, on the wire and in the log. */
final class Replies {
  private Replies() {}

  /** The ERROR for a request that failed. */
  static Frame failure(IOException e) {
    int component =
        e instanceof BadNameException bad && bad.index() >= 0
            ? Math.min(bad.index(), Frame.Failure.NO_COMPONENT)
            : Frame.Failure.NO_COMPONENT;
    return new Frame.Failure(Errors.reason(e), component);
  }

  /** Adds to a line of the log what a request came to. */
  static Event describe(Frame reply, Event event) {
    return switch (reply) {
      case Frame.Ok ok -> event.with("count", ok.count());
      case Frame.ListEnd end -> event.with("items", end.items());
      case Frame.Sum sum -> event.with("bytes", sum.size());
      case Frame.Failure failure -> event.reason(failure.reason());
      default -> event;
    };
  }
}

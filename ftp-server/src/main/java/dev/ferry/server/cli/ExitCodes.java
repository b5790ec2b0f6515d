package dev.ferry.server.cli;

import dev.ferry.server.StartException;

/** What {@code ferryd} ends with; the same numbers as the client's. */
final class ExitCodes {
  static final int OK = 0;
  static final int USAGE = 2;
  static final int CANNOT_LISTEN = 3;
  static final int NO_SERVER = 3;
  static final int REFUSED = 5;
  static final int BAD_ROOT = 6;
  static final int NOT_VERIFIED = 7;
  static final int DEFECT = 70;
  static final int INTERRUPTED = 130;

  private ExitCodes() {}

  static int of(StartException.Problem problem) {
    return switch (problem) {
      case USAGE -> USAGE;
      case ADDRESS -> CANNOT_LISTEN;
      case ROOT, STATE -> BAD_ROOT;
    };
  }
}

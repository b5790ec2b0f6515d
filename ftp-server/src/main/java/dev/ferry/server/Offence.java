package dev.ferry.server;

import java.time.Duration;

/** What a connection did instead of logging in. */
enum Offence {
  /** A password, token or invitation that is not good. */
  GUESS,
  /** It ended, or what it logged in with was nothing that can be guessed. */
  NO_LOGIN,
  /** Its time was over. */
  TOO_SLOW;

  Duration penalty(PenaltyTimes times) {
    return switch (this) {
      case GUESS -> times.guess();
      case NO_LOGIN -> times.noLogin();
      case TOO_SLOW -> times.tooSlow();
    };
  }
}

package dev.ferry.server;

import java.time.Duration;

/**
 * How long a source has to wait for what it did: what it does adds up, and runs out by itself. The
 * model is OpenSSH's PerSourcePenalties.
 *
 * @param guess for a refused password, token or registration
 * @param noLogin for a connection that ends without a login in any other way
 * @param tooSlow for one that had not logged in when its time was over
 * @param enforced a source that has to wait for this long or longer is turned away
 * @param highest what it adds up to at most; zero: there are no penalties
 */
public record PenaltyTimes(
    Duration guess, Duration noLogin, Duration tooSlow, Duration enforced, Duration highest) {
  public static final PenaltyTimes STANDARD =
      new PenaltyTimes(
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofMinutes(10));

  /** The same with another maximum. */
  public PenaltyTimes withHighest(Duration most) {
    return new PenaltyTimes(guess, noLogin, tooSlow, enforced, most);
  }
}

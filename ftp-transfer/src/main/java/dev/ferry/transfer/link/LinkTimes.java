package dev.ferry.transfer.link;

import dev.ferry.protocol.Limits;
import java.time.Duration;

/**
 * The times a {@link Link} keeps (spec section 10). Tests shorten them.
 *
 * @param aliveEvery after so long without a byte written, a side that is waited for sends ALIVE
 * @param silence after so long without a byte read, a peer that is waited for is lost
 * @param frame the longest time from the first byte of a frame to its last, and for a peer that
 *     says nothing to take nothing of what is written to it
 */
public record LinkTimes(Duration aliveEvery, Duration silence, Duration frame) {
  public static final LinkTimes STANDARD =
      new LinkTimes(Limits.ALIVE_EVERY, Limits.SILENCE, Limits.FRAME_TIME);

  /** In which a peer takes {@link Limits#LEAST_TAKEN} of what is written to it. */
  Duration taking() {
    return frame.multipliedBy(10);
  }

  /** How often the link looks at its clock. */
  Duration tick() {
    return aliveEvery.dividedBy(10);
  }
}

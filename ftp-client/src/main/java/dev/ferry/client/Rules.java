package dev.ferry.client;

import dev.ferry.protocol.Limits;
import dev.ferry.transfer.LinkPolicy;

/**
 * What a transfer may do.
 *
 * @param checksum whether a target of equal size is always compared by content, whatever its time
 * @param connections how many connections share the content of large files, 1 to 65; 0: as many as
 *     help on this link
 * @param rate bytes of content per second over all connections of a job together, at least {@link
 *     #LEAST_RATE}; 0: as fast as it goes
 */
public record Rules(
    LinkPolicy links,
    Overwrite overwrite,
    boolean checksum,
    Durability durability,
    int connections,
    long rate) {
  /** The most connections that one job may have. */
  public static final int MOST_CONNECTIONS = Limits.JOINED + 1;

  /** Less, and a frame takes longer than a server waits for it (spec 10). */
  public static final long LEAST_RATE = 16 << 10;

  /** Skips links, replaces nothing, trusts size and time, flushes in groups. */
  public static final Rules STANDARD =
      new Rules(LinkPolicy.SKIP, Overwrite.NEVER, false, Durability.BATCH, 0, 0);

  /** The same as {@code connections}, but one where several would be too slow each. */
  int usefulConnections() {
    return rate > 0 && rate < MOST_CONNECTIONS * LEAST_RATE ? 1 : connections;
  }
}

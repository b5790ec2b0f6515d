package dev.ferry.client;

import dev.ferry.protocol.Limits;
import dev.ferry.transfer.LinkPolicy;

/**
 * What a transfer may do.
 *
 * @param checksum whether a target of equal size is always compared by content, whatever its time
 * @param connections how many connections share the content of large files, 1 to 65; 0: as many as
 *     help on this link
 */
public record Rules(
    LinkPolicy links,
    Overwrite overwrite,
    boolean checksum,
    Durability durability,
    int connections) {
  /** The most connections that one job may have. */
  public static final int MOST_CONNECTIONS = Limits.JOINED + 1;

  /** Skips links, replaces nothing, trusts size and time, flushes in groups. */
  public static final Rules STANDARD =
      new Rules(LinkPolicy.SKIP, Overwrite.NEVER, false, Durability.BATCH, 0);
}

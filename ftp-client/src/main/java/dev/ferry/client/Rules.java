package dev.ferry.client;

import dev.ferry.transfer.LinkPolicy;

/** What a transfer may do. */
public record Rules(LinkPolicy links, Overwrite overwrite, Durability durability) {
  /** Skips links, replaces nothing, flushes in groups. */
  public static final Rules STANDARD =
      new Rules(LinkPolicy.SKIP, Overwrite.NEVER, Durability.BATCH);
}

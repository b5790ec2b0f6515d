package dev.ferry.testkit;

import dev.ferry.client.Durability;
import dev.ferry.client.Overwrite;
import dev.ferry.client.Rules;
import dev.ferry.transfer.LinkPolicy;

/** How a client transfers whose every word is foreseen by a script. */
final class Scripted {
  /** The standard, over one connection: nothing is asked for but the job. */
  static final Rules RULES =
      new Rules(LinkPolicy.SKIP, Overwrite.NEVER, false, Durability.BATCH, 1, 0);

  private Scripted() {}
}

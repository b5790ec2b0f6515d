package dev.ferry.server;

import dev.ferry.server.account.Accounts;
import java.io.IOException;

/** What a login rests on. */
@FunctionalInterface
interface Standing {
  /** Whether the same login would still succeed; whatever cannot be looked up does not. */
  boolean holds(Accounts accounts) throws IOException;
}

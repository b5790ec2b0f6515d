package dev.ferry.server.account;

import dev.ferry.protocol.Frame.Role;
import java.time.Instant;
import java.util.List;

/** Who is logged in at a running server. Safe for use by many threads. */
public interface Sessions {
  /**
   * One connection that has logged in.
   *
   * @param id its name in the log
   * @param user the name of the account, {@code token:} and its id, or {@code anonymous}
   * @param since when it connected
   * @param doing the request under way, as {@code get}, or {@code idle}
   * @param received bytes from the client, frames and encryption included
   * @param sent bytes to the client
   */
  record SessionInfo(
      String id,
      String user,
      Role role,
      String peer,
      Instant since,
      String doing,
      long received,
      long sent) {}

  /** All of them, the oldest first. */
  List<SessionInfo> list();

  /**
   * Ends one in the middle of whatever it does.
   *
   * @return false if there is none of this name
   */
  boolean end(String id);

  /** Looks at the accounts again, and ends whoever could not log in like this any more. */
  void review();
}

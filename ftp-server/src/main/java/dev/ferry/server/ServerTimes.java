package dev.ferry.server;

import dev.ferry.protocol.Limits;
import dev.ferry.transfer.link.LinkTimes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * The times a server keeps (spec section 10). Tests shorten them.
 *
 * @param login from the connection to the complete LOGIN
 * @param idle how long a connection may go without a request; sent in WELCOME in whole seconds
 * @param session how long a session lasts at most, however busy it is; zero: for ever
 * @param turn how long a connection waits for one of the places of {@code pool:N}
 * @param farewell how long a peer gets to read a last frame before the connection is cut
 * @param link those of every connection
 */
public record ServerTimes(
    Duration login,
    Duration idle,
    Duration session,
    Duration turn,
    Duration farewell,
    LinkTimes link) {
  /** A little less than the 10 s after which clients give up, so that they hear why. */
  private static final Duration LAST_TURN = Duration.ofMillis(9500);

  public static final ServerTimes STANDARD =
      new ServerTimes(
          Limits.LOGIN_TIME,
          Duration.ofMinutes(15),
          Duration.ofDays(1),
          LAST_TURN,
          Duration.ofSeconds(1),
          LinkTimes.STANDARD);

  /** The same with another idle limit. */
  public ServerTimes withIdle(Duration limit) {
    return new ServerTimes(login, limit, session, turn, farewell, link);
  }

  /** The same with another limit for logging in. */
  public ServerTimes withLogin(Duration limit) {
    return new ServerTimes(limit, idle, session, turn, farewell, link);
  }

  /** The same with another limit for a whole session; zero: none. */
  public ServerTimes withSession(Duration limit) {
    return new ServerTimes(login, idle, limit, turn, farewell, link);
  }

  /** How often the server looks for connections whose time is over. */
  Duration tick() {
    Duration shortest = Collections.min(List.of(login, idle));
    Duration tick = shortest.dividedBy(4).plusMillis(1);
    return Collections.min(List.of(tick, Duration.ofSeconds(1)));
  }
}

package dev.ferry.server;

/**
 * How much a server lets others take of it, but for times ({@link ServerTimes}) and what the
 * protocol limits itself (spec section 10). All of them stand in docs/security.md. To change some,
 * begin with {@link #STANDARD}; a limit below 1 is an {@link IllegalArgumentException}.
 *
 * @param connections that are served at once, 1 or more; others hear BUSY
 * @param logins connections that have not logged in yet, 1 or more; one more pushes the oldest out
 * @param perSource connections of one {@link Source}, logged in or not, 1 or more; others are
 *     turned away
 * @param perUser connections of one user or token that have logged in, 1 or more; others hear BUSY
 * @param loopbackToo whether what is limited by source is limited for this machine as well
 * @param penalties what a source has to wait for
 * @param reserve bytes of the root's file system that clients cannot fill, 0 or more; null: one
 *     percent of it, 1 GiB at most
 */
public record ServerLimits(
    int connections,
    int logins,
    int perSource,
    int perUser,
    boolean loopbackToo,
    PenaltyTimes penalties,
    Long reserve) {
  public static final ServerLimits STANDARD =
      new ServerLimits(256, 1024, 128, 128, false, PenaltyTimes.STANDARD, null);

  /** The same with so many served at once, and at least as many that are logging in. */
  public ServerLimits withConnections(int most) {
    return new ServerLimits(
        atLeastOne(most),
        Math.max(logins, most),
        perSource,
        perUser,
        loopbackToo,
        penalties,
        reserve);
  }

  /** The same with another limit for those who are logging in. */
  public ServerLimits withLogins(int most) {
    return new ServerLimits(
        connections, atLeastOne(most), perSource, perUser, loopbackToo, penalties, reserve);
  }

  /** The same with other limits for a source and a user. */
  public ServerLimits withShares(int ofSource, int ofUser) {
    return new ServerLimits(
        connections,
        logins,
        atLeastOne(ofSource),
        atLeastOne(ofUser),
        loopbackToo,
        penalties,
        reserve);
  }

  /** The same, also for connections from this machine. */
  public ServerLimits withLoopback() {
    return new ServerLimits(connections, logins, perSource, perUser, true, penalties, reserve);
  }

  /** The same with other penalties. */
  public ServerLimits withPenalties(PenaltyTimes times) {
    return new ServerLimits(connections, logins, perSource, perUser, loopbackToo, times, reserve);
  }

  /** The same with so many bytes of the disk kept free. */
  public ServerLimits withReserve(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a reserve of " + bytes);
    }
    return new ServerLimits(connections, logins, perSource, perUser, loopbackToo, penalties, bytes);
  }

  private static int atLeastOne(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit);
    }
    return limit;
  }
}

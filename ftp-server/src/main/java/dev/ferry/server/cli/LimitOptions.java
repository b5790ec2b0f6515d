package dev.ferry.server.cli;

import dev.ferry.server.PenaltyTimes;
import dev.ferry.server.ServerLimits;
import dev.ferry.server.ServerTimes;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How much others may take of a server, see docs/security.md. */
final class LimitOptions {
  @Option(
      names = "--max-connections",
      paramLabel = "N",
      defaultValue = "256",
      converter = Converters.Count.class,
      description = "Connections served at once. Default: ${DEFAULT-VALUE}.")
  int connections;

  @Option(
      names = "--max-logins",
      paramLabel = "N",
      converter = Converters.Count.class,
      description =
          "Connections that have not logged in yet; one more pushes the oldest out. Default: 1024,"
              + " or as many as --max-connections.")
  Integer logins;

  @Option(
      names = "--max-per-source",
      paramLabel = "N",
      defaultValue = "128",
      converter = Converters.Count.class,
      description =
          "Connections of one IPv4 address or IPv6 /64, logged in or not. Default:"
              + " ${DEFAULT-VALUE}.")
  int perSource;

  @Option(
      names = "--max-per-user",
      paramLabel = "N",
      defaultValue = "128",
      converter = Converters.Count.class,
      description = "Connections of one user or token. Default: ${DEFAULT-VALUE}.")
  int perUser;

  @Option(
      names = "--max-penalty",
      paramLabel = "SECONDS",
      defaultValue = "600",
      converter = Converters.Seconds.class,
      description =
          "How long an address is turned away at most that does not manage to log in; 0: never."
              + " Default: ${DEFAULT-VALUE}.")
  int penalty;

  @Option(
      names = "--max-session",
      paramLabel = "SECONDS",
      defaultValue = "86400",
      converter = Converters.Seconds.class,
      description =
          "How long a session lasts, however busy it is; clients log in again and go on. 0: for"
              + " ever. Default: ${DEFAULT-VALUE}.")
  int session;

  @Option(
      names = "--reserve",
      paramLabel = "SIZE",
      converter = Converters.Size.class,
      description =
          "How much of the disk is kept free: 500M, 10G; 0: nothing. Default: 1 %% of it, 1G at"
              + " most.")
  Long reserve;

  @Option(
      names = "--limit-loopback",
      description = "Limit connections from this machine as those from other addresses.")
  boolean loopback;

  ServerTimes times() {
    return ServerTimes.STANDARD.withSession(Duration.ofSeconds(session));
  }

  ServerLimits limits() {
    ServerLimits limits =
        ServerLimits.STANDARD
            .withConnections(connections)
            .withShares(perSource, perUser)
            .withPenalties(PenaltyTimes.STANDARD.withHighest(Duration.ofSeconds(penalty)));
    if (logins != null) {
      limits = limits.withLogins(logins);
    }
    if (reserve != null) {
      limits = limits.withReserve(reserve);
    }
    return loopback ? limits.withLoopback() : limits;
  }
}

package dev.ferry.server;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.account.Sessions.SessionInfo;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** A session as {@link ControlSocket} tells it: its fields with a space between them. */
final class SessionLine {
  private static final int FIELDS = 8;

  private SessionLine() {}

  static String of(SessionInfo one) {
    return "%s %s %s %s %s %s %d %d\n"
        .formatted(
            one.id(),
            one.user(),
            one.role(),
            one.peer(),
            one.since(),
            one.doing(),
            one.received(),
            one.sent());
  }

  static SessionInfo parse(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    try {
      if (fields.length == FIELDS) {
        return new SessionInfo(
            fields[0],
            fields[1],
            Role.valueOf(fields[2]),
            fields[3],
            Instant.parse(fields[4]),
            fields[5],
            Long.parseLong(fields[6]),
            Long.parseLong(fields[7]));
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // As with any other line that is none.
    }
    throw new IOException("the running ferryd is of another version: use the ferryd it is");
  }
}

package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.time.Duration;

/**
 * There is no connection to the server, and nothing was done. The message names it and says why.
 */
public final class CannotConnectException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean socket;

  CannotConnectException(Endpoint endpoint, String message, Throwable cause) {
    super(message, cause);
    socket = endpoint instanceof Endpoint.Unix;
  }

  /** Whether the server was to be at a Unix-domain socket, and not at a host. */
  public boolean isSocket() {
    return socket;
  }

  static CannotConnectException noAnswer(Endpoint endpoint, Duration limit, Throwable cause) {
    return new CannotConnectException(
        endpoint,
        "cannot connect to %s: no answer within %d s".formatted(endpoint, limit.toSeconds()),
        cause);
  }
}

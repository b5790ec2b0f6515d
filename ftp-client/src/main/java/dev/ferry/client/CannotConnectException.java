package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.time.Duration;

/**
 * There is no connection to the server, and nothing was done. The message names it and says why.
 */
public final class CannotConnectException extends IOException {
  private static final long serialVersionUID = 1L;

  CannotConnectException(String message, Throwable cause) {
    super(message, cause);
  }

  static CannotConnectException noAnswer(Endpoint endpoint, Duration limit, Throwable cause) {
    return new CannotConnectException(
        "cannot connect to %s: no answer within %d s".formatted(endpoint, limit.toSeconds()),
        cause);
  }
}

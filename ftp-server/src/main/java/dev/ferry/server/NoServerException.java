package dev.ferry.server;

import java.io.IOException;

/** No server runs that could be administered. */
public final class NoServerException extends IOException {
  private static final long serialVersionUID = 1L;

  NoServerException(String message, Throwable cause) {
    super(message, cause);
  }
}

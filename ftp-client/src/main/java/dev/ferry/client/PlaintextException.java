package dev.ferry.client;

import java.io.IOException;

/** A connection over TCP would not be encrypted, and {@link ClientOptions} does not allow that. */
public final class PlaintextException extends IOException {
  private static final long serialVersionUID = 1L;

  PlaintextException(String server) {
    super("the connection to " + server + " would not be encrypted");
  }
}

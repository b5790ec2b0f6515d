package dev.ferry.client;

import dev.ferry.protocol.Frame;
import java.io.IOException;

/** The server is full or going down, and said so (spec 5.3); nothing was done. */
public final class ServerBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int retrySeconds;

  /** The message is foreign text. */
  ServerBusyException(String server, Frame.Busy busy) {
    super(
        busy.draining()
            ? server + " is going down"
            : "%s has no room: %s".formatted(server, busy.text()));
    retrySeconds = busy.retrySeconds();
  }

  /** After how many seconds another try makes sense, as the server sees it. */
  public int retrySeconds() {
    return retrySeconds;
  }
}

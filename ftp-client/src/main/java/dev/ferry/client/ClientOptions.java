package dev.ferry.client;

import dev.ferry.transfer.link.LinkTimes;
import java.time.Duration;

/**
 * How to talk to a server.
 *
 * @param plaintext whether a connection over TCP may be unencrypted; one over a Unix-domain socket
 *     always is
 * @param connectLimit from the first attempt to the end of the greeting
 * @param times of the connection
 */
public record ClientOptions(boolean plaintext, Duration connectLimit, LinkTimes times) {
  /** What a connection may take. */
  public static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** With the standard times. */
  public ClientOptions(boolean plaintext) {
    this(plaintext, CONNECT_LIMIT, LinkTimes.STANDARD);
  }
}

package dev.ferry.client;

import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Credential;
import java.time.Duration;

/**
 * How to talk to a server.
 *
 * @param plaintext whether a connection over TCP is not encrypted, which the server has to be told
 *     as well; one over a Unix-domain socket never is
 * @param trust which servers to talk to over an encrypted connection
 * @param credential what to log in with
 * @param connectLimit from the first attempt to the end of the greeting
 * @param times of the connection
 */
public record ClientOptions(
    boolean plaintext, Trust trust, Credential credential, Duration connectLimit, LinkTimes times) {
  /** What a connection may take. */
  public static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** Anonymous, without encryption over TCP, with the standard times. */
  public static ClientOptions withoutEncryption() {
    return new ClientOptions(
        true, Trust.NOBODY, Credential.anonymous(), CONNECT_LIMIT, LinkTimes.STANDARD);
  }

  /** Anonymous, encrypted over TCP, with the standard times. */
  public static ClientOptions encrypted(Trust trust) {
    return new ClientOptions(
        false, trust, Credential.anonymous(), CONNECT_LIMIT, LinkTimes.STANDARD);
  }

  /** The same, logging in with this. */
  public ClientOptions with(Credential own) {
    return new ClientOptions(plaintext, trust, own, connectLimit, times);
  }
}

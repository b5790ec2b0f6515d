package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.KeyFingerprint;

/** A server of which nothing is known yet. */
public final class UnknownServerException extends IdentityException {
  private static final long serialVersionUID = 1L;

  private final transient KeyFingerprint identity;

  /**
   * The server has proved to have this key.
   *
   * @param refusal why its certificate alone will not do; empty if it is not meant to
   */
  UnknownServerException(Endpoint server, KeyFingerprint identity, String refusal) {
    super(
        "the server at %s is not known yet%s; its fingerprint is %s"
            .formatted(server, refusal.isEmpty() ? "" : " (" + refusal + ")", identity));
    this.identity = identity;
  }

  /** What it has proved to be. */
  public KeyFingerprint identity() {
    return identity;
  }
}

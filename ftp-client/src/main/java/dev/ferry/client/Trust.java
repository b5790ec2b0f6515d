package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.KeyFingerprint;
import dev.ferry.transfer.tls.ServerIdentity;
import java.io.IOException;

/** Which servers this side talks to. Called by any thread that connects. */
public interface Trust {
  /** Nobody: what there is where nothing is encrypted. */
  Trust NOBODY =
      (server, identity) -> {
        throw new UnknownServerException(server, identity.fingerprint(), "");
      };

  /**
   * Decides about what a server has proved to be, before anything is said to it. Must not wait for
   * a person.
   *
   * @return whether it is known; else nothing but the login is said to it at first, and once it has
   *     let this side in, it is {@linkplain #remember remembered}
   * @throws UnknownServerException if nothing is known about this server yet
   * @throws IdentityException if it is the wrong one
   */
  boolean check(Endpoint server, ServerIdentity identity) throws IOException;

  /**
   * Asks about a server that {@link #check} does not know; may take as long as it takes. If the
   * answer is true it lets it through from now on, and is called again.
   */
  default boolean learn(Endpoint server, KeyFingerprint identity) throws IOException {
    return false;
  }

  /** The first login at this server has succeeded. */
  default void remember(Endpoint server, ServerIdentity identity) throws IOException {}

  /** Just the one server with this key. */
  static Trust only(KeyFingerprint expected) {
    return (server, identity) -> {
      if (!identity.fingerprint().equals(expected)) {
        throw new IdentityException(
            "the server at %s is not the one that was asked for: its fingerprint is %s, not %s"
                .formatted(server, identity.fingerprint(), expected));
      }
      return true;
    };
  }
}

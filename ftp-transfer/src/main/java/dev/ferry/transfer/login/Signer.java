package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.io.IOException;
import java.time.Duration;

/** Who holds an Ed25519 private key: a file, or an agent. */
public interface Signer {
  /** The other half of the key. */
  PublicKey publicKey();

  /**
   * Signs a message; may wait for a person, as agents do.
   *
   * @return 64 bytes
   * @throws IOException if it cannot; says why
   */
  Bytes sign(Bytes message) throws IOException;

  /** How long {@link #sign} may wait for a person. */
  default Duration patience() {
    return Duration.ZERO;
  }
}

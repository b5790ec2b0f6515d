package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.tls.KeyFingerprint;

/**
 * What a proof is made for: the server that the connection leads to, by the SHA-256 of its public
 * key (spec 5.5). Whoever sits in between has another key, so the proof is of no use to them.
 *
 * @param server 32 bytes
 */
public record Binding(Bytes server) {
  private static final int BYTES = 32;

  /** A connection without encryption, where the server proves nothing. */
  public static final Binding NONE = new Binding(Bytes.of(new byte[BYTES]));

  public Binding {
    if (server.length() != BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + server.length());
    }
  }

  /** A connection whose server has proved to be this one. */
  public static Binding to(KeyFingerprint server) {
    return new Binding(server.sha256());
  }
}

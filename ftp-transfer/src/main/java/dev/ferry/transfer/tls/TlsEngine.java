package dev.ferry.transfer.tls;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One side of one TLS 1.3 connection, without its socket. Not safe for use by many threads: the
 * caller holds a lock, but never while it waits for the other side.
 */
public interface TlsEngine {
  /** The most bytes of content in one record. */
  int RECORD = 16 << 10;

  /** Room that {@link #encrypt} needs at least: a record, and what may have to go before it. */
  int ROOM = RECORD + (1 << 10);

  /** How a step of the handshake ended. */
  enum Step {
    /** It is complete. */
    DONE,
    /** More has to come from the other side first. */
    READ,
    /** What is in the output has to leave first. */
    WRITE
  }

  /** Whether all buffers must be direct; else those of encrypted bytes must not be. */
  boolean wantsDirect();

  /**
   * Goes on with the handshake.
   *
   * @param in what came and was not used yet, ready to be read
   * @param out takes what is to be sent, also when this throws; at least {@link #ROOM}
   * @throws javax.net.ssl.SSLException if it fails
   */
  Step handshake(ByteBuffer in, ByteBuffer out) throws IOException;

  /**
   * What the other side proved to be, once the handshake is complete; null for clients, which prove
   * nothing.
   */
  ServerIdentity peer() throws IOException;

  /**
   * Encrypts as much as there is room for.
   *
   * @param out has at least {@link #ROOM} left
   */
  void encrypt(ByteBuffer from, ByteBuffer out) throws IOException;

  /**
   * Decrypts as much as there is room for.
   *
   * @param in what came and was not used yet; whole records at least fit into it
   * @throws javax.net.ssl.SSLException if it was not sent by the other side like this
   */
  void decrypt(ByteBuffer in, ByteBuffer into) throws IOException;

  /** Whether the other side said that nothing follows (close_notify). */
  boolean isEnded();

  /** Says that nothing follows. */
  void end(ByteBuffer out) throws IOException;

  /** Gives memory back. Nothing may be called after it, and it only once. */
  void release();
}

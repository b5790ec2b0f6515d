package dev.ferry.transfer.link;

import dev.ferry.protocol.ProtocolException;

/** Encryption was wanted, and the other side does not encrypt (spec section 2). */
public class NotEncryptedException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  public NotEncryptedException(String message) {
    super(message);
  }
}

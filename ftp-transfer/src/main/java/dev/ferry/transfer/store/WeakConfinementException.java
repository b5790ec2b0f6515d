package dev.ferry.transfer.store;

import java.io.IOException;

/**
 * The system cannot confine a tree by handles, and weak confinement was not allowed. The message
 * says what is missing.
 */
public final class WeakConfinementException extends IOException {
  private static final long serialVersionUID = 1L;

  WeakConfinementException(String missing) {
    super("strong confinement is not available here: " + missing);
  }
}

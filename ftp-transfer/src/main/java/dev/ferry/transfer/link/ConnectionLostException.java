package dev.ferry.transfer.link;

import java.io.IOException;

/**
 * The connection ended or fell silent where it must not have (spec section 2, 5.4). Trying again on
 * a new one may help.
 */
public class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message) {
    super(message);
  }

  public ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.ferry.protocol;

import java.io.IOException;

/**
 * The peer broke the protocol, or is no Ferry at all. The connection is of no use after it: close
 * it. The message names the rule, the value, and the section of the specification.
 */
public class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}

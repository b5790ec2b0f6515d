package dev.ferry.client;

import java.io.IOException;

/** A server is not known to be the right one. Nothing was said to it that is a secret. */
public class IdentityException extends IOException {
  private static final long serialVersionUID = 1L;

  IdentityException(String message) {
    super(message);
  }
}

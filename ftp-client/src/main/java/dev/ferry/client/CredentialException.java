package dev.ferry.client;

import java.io.IOException;

/** What this side was to log in with is of no use. The message says why and what to do next. */
public class CredentialException extends IOException {
  private static final long serialVersionUID = 1L;

  public CredentialException(String message) {
    super(message);
  }
}

package dev.ferry.client.cli;

import java.io.IOException;

/** A command was called in a way that makes no sense. The message says what to write instead. */
public final class UsageException extends IOException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}

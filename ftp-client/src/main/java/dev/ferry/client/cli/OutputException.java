package dev.ferry.client.cli;

import java.io.IOException;

/** Standard output cannot be written to. */
public final class OutputException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean readerGone;

  OutputException(IOException cause, boolean readerGone) {
    super("cannot write to standard output: " + cause.getMessage(), cause);
    this.readerGone = readerGone;
  }

  /** Whether it was a pipe that nobody reads any more. */
  boolean readerGone() {
    return readerGone;
  }
}

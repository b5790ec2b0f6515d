package dev.ferry.client;

import java.io.IOException;

/** A text is no Ferry URL. The message says why and what to write instead, and holds no secret. */
public final class BadUrlException extends IOException {
  private static final long serialVersionUID = 1L;

  BadUrlException(String message) {
    super(message);
  }
}

package dev.ferry.server.audit;

import java.io.IOException;

/** The audit log is not as it was written. The message says where. */
public final class NotIntactException extends IOException {
  private static final long serialVersionUID = 1L;

  NotIntactException(String message) {
    super(message);
  }
}

package dev.ferry.client;

import java.io.IOException;

/** {@code cancel()} was called. Nothing torn is left under any final name. */
public final class CancelledException extends IOException {
  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("cancelled");
  }
}

package dev.ferry.server;

/** Closes what cannot be closed any better. */
final class Closing {
  private Closing() {}

  /** Closes it if there is one; a failure changes nothing any more. */
  static void quietly(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception _) {
      // It is given up in any case.
    }
  }
}

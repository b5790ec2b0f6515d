package dev.ferry.transfer;

/** Waiting that an interrupt does not end: the thread is interrupted again when it is over. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Something that waits, and begins again if it is interrupted.
   *
   * @param <E> why it fails; unchecked if it does not
   */
  @FunctionalInterface
  public interface Wait<E extends Exception> {
    void run() throws InterruptedException, E;
  }

  /** Waits for as long as it takes. */
  public static <E extends Exception> void run(Wait<E> wait) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          wait.run();
          return;
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

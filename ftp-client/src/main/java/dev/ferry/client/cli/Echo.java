package dev.ferry.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the terminal at standard input shows what is typed. Java's own console would do, but it
 * wants standard output to be the terminal as well.
 */
final class Echo {
  /** The terminal's modes while it shows nothing. */
  private static final AtomicReference<String> MODES = new AtomicReference<>();

  private Echo() {}

  /** Returns false if that cannot be. */
  static boolean off() {
    String modes = stty("-g");
    if (modes == null || modes.isBlank()) {
      return false;
    }
    MODES.set(modes.strip());
    boolean off = stty("-echo") != null;
    if (!off) {
      on();
    }
    return off;
  }

  /** Ends that; from any thread. Returns whether it was so. */
  static boolean on() {
    String modes = MODES.getAndSet(null);
    if (modes != null) {
      stty(modes);
    }
    return modes != null;
  }

  /** What it prints, or null if it fails. */
  private static String stty(String word) {
    try {
      Process process =
          new ProcessBuilder("stty", word)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return process.waitFor() == 0 ? printed : null;
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}

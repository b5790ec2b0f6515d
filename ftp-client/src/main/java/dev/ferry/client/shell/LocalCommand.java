package dev.ferry.client.shell;

import java.io.IOException;
import java.nio.file.Path;

/** Runs a command of the local system, on the terminal of the shell. */
final class LocalCommand {
  private LocalCommand() {}

  /**
   * Waits until it has ended.
   *
   * @param shell the program that understands it; null for the usual one
   * @param folder where it runs
   * @return what it ended with
   */
  static int run(String shell, String command, Path folder) throws IOException {
    String program = shell == null || shell.isBlank() ? "/bin/sh" : shell;
    Process process =
        new ProcessBuilder(program, "-c", command).directory(folder.toFile()).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}

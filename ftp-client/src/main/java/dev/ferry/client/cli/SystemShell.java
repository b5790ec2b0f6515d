package dev.ferry.client.cli;

import java.io.IOException;

/** Runs {@code !command} in the system's shell, on the same terminal. */
final class SystemShell {
  private SystemShell() {}

  static ExitCode run(CommandContext context, String command) throws IOException {
    context.messages().command("!");
    context.io().out().flush();
    Process process =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(context.localFolder().toFile())
            .inheritIO()
            .start();
    try {
      int code = process.waitFor();
      if (code != 0) {
        context.messages().note("'%s' ended with %d".formatted(command.strip(), code));
      }
      return code == 0 ? ExitCode.OK : ExitCode.LOCAL;
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }
}

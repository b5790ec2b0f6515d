package dev.ferry.client.cli;

/** Provided as a service: the interactive shell. */
public interface ShellLauncher {
  /**
   * Reads and runs commands until the person leaves. Standard input is a terminal.
   *
   * @param context in shell mode; a server may be open already
   * @return what the program ends with
   */
  ExitCode run(CommandContext context);
}

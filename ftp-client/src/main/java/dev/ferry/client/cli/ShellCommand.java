package dev.ferry.client.cli;

import picocli.CommandLine.Command;

/** What stands above the commands of the shell. */
@Command(name = "", description = "Commands of the shell:")
final class ShellCommand implements Runnable {
  @Override
  public void run() {}
}

package dev.ferry.client.cli;

@picocli.CommandLine.Command(name = "close", description = "Close the open server.")
final class CloseCommand extends Command {
  CloseCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws UsageException {
    context.openFolder();
    context.closeCurrent();
    return ExitCode.OK;
  }
}

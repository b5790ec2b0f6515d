package dev.ferry.client.cli;

@picocli.CommandLine.Command(
    name = "quit",
    aliases = {"bye", "exit"},
    description = "Leave.")
final class QuitCommand extends Command {
  QuitCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    context.leave();
    return ExitCode.OK;
  }
}

package dev.ferry.client.cli;

import picocli.CommandLine;

@picocli.CommandLine.Command(
    name = "token",
    description = {
      "Look at the token in FERRY_TOKEN, or make one of it that allows less.",
      "Neither asks a server."
    })
final class TokenCommand extends Command {
  TokenCommand(CommandContext context) {
    super(context);
  }

  /** With what can follow it. */
  static CommandLine tree(CommandContext context) {
    return new CommandLine(new TokenCommand(context))
        .addSubcommand(new TokenShowCommand(context))
        .addSubcommand(new TokenNarrowCommand(context));
  }

  @Override
  ExitCode run() throws UsageException {
    throw new UsageException("what about the token? There are: show, narrow");
  }
}

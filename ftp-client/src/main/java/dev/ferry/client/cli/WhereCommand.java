package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;
import java.io.IOException;

@picocli.CommandLine.Command(name = "pwd", description = "Print the current remote folder.")
final class WhereCommand extends Command {
  WhereCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    context.io().out().line(Printable.text(context.openFolder().toString()));
    return ExitCode.OK;
  }
}

package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;
import java.io.IOException;

@picocli.CommandLine.Command(name = "lpwd", description = "Print the current local folder.")
final class LocalWhereCommand extends Command {
  LocalWhereCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    context.io().out().line(Printable.text(context.localFolder().toString()));
    return ExitCode.OK;
  }
}

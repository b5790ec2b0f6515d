package dev.ferry.client.cli;

import java.io.IOException;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "cd",
    description = "Enter a remote folder; without one, the root.")
final class ChangeFolderCommand extends Command {
  @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The folder.")
  private String folder;

  ChangeFolderCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    Target target = context.target(folder == null ? "/" : folder);
    if (target.server() != context.current()) {
      throw new UsageException("that is another server; open it with: open URL");
    }
    if (target.path().pattern()) {
      throw new UsageException("one folder is needed here, and no pattern; quote its signs");
    }
    context.enter(target.server(), target.path().path());
    return ExitCode.OK;
  }
}

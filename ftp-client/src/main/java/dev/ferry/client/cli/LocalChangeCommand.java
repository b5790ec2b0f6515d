package dev.ferry.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "lcd",
    description = "Enter a local folder; without one, the home folder.")
final class LocalChangeCommand extends Command {
  @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The folder.")
  private String folder;

  LocalChangeCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    Path path =
        folder == null ? ConfigFolder.home(context.environment()) : context.local(folder).path();
    Path real = path.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(path.toString());
    }
    context.localFolder(real);
    return ExitCode.OK;
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import java.io.IOException;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(name = "open", description = "Open a server and enter a folder there.")
final class OpenCommand extends Command {
  @Parameters(paramLabel = "URL", description = "ferry://host:9021/folder")
  private String url;

  OpenCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    context.open(FerryUrl.parse(context.url(url)));
    return ExitCode.OK;
  }
}

package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(name = "mkdir", description = "Make folders.")
final class MakeFolderCommand extends ItemCommand {
  @Option(
      names = {"-p", "--parents"},
      description = "Make missing parents too; a folder that exists is no error.")
  private boolean parents;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "The folders.")
  private List<String> paths;

  MakeFolderCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    forEach(
        paths,
        items,
        (server, path) -> {
          try {
            server.call(client -> client.makeFolder(path, parents));
          } catch (RefusedException e) {
            throw Failure.worded(e, ErrorCode.EXISTS, "exists already");
          }
        });
  }
}

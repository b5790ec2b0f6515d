package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(name = "rm", description = "Remove files, or folders with -r.")
final class RemoveCommand extends ItemCommand {
  @Option(
      names = {"-r", "--recursive"},
      description = "Remove folders with all they hold.")
  private boolean recursive;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "What to remove.")
  private List<String> paths;

  RemoveCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    forEach(
        paths,
        items,
        (server, path) -> {
          if (path.isRoot()) {
            throw new RefusedException(
                ErrorCode.NO_PERMISSION, "the root itself is never removed; name what it holds");
          }
          long removed = server.call(client -> client.remove(path, recursive));
          context.messages().detail("removed " + Words.count(removed, "item"));
        });
  }
}

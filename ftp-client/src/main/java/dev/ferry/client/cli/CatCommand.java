package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "cat",
    description = "Write the content of files to standard output.")
final class CatCommand extends ItemCommand {
  @Mixin private RateOption limit;

  @Parameters(arity = "1..*", paramLabel = "URL", description = "The files.")
  private List<String> paths;

  CatCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    if (context.options().json()) {
      throw new UsageException("cat writes the content itself; it has no --json");
    }
    forEach(
        paths,
        items,
        (server, path) -> {
          Continued out = new Continued(context.io().out());
          try {
            server.call(client -> client.cat(path, out.again(), limit.rate()));
          } catch (RefusedException e) {
            throw Failure.worded(e, ErrorCode.IS_A_FOLDER, ErrorCode.IS_A_FOLDER.meaning());
          }
        });
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.FerryClient.Checksum;
import dev.ferry.client.Remote;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "sum",
    description = "Print the SHA-256 of files, which the server computes.")
final class SumCommand extends ItemCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = "The files.")
  private List<String> paths;

  SumCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    forEach(paths, items, this::sum);
  }

  private void sum(Remote server, TreePath path) throws IOException {
    Checksum sum = server.call(client -> client.checksum(path));
    if (!context.options().json()) {
      context.io().out().line(sum.sha256() + "  " + Printable.text(path.toString()));
    }
  }
}

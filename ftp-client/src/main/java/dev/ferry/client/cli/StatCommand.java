package dev.ferry.client.cli;

import dev.ferry.client.Remote;
import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "stat",
    description = "Show what is known about files or folders without reading them.")
final class StatCommand extends ItemCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = "What to look at.")
  private List<String> paths;

  StatCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    forEach(paths, items, this::show);
  }

  private void show(Remote server, TreePath path) throws IOException {
    RemoteFile file = server.call(client -> client.stat(path));
    if (context.options().json()) {
      return;
    }
    Output out = context.io().out();
    out.line(Printable.text(path.toString()));
    out.line("  kind      " + Words.kind(file.kind()));
    out.line("  size      " + Words.exactSize(file.size()));
    out.line("  modified  " + Words.exactTime(file.modified()));
    out.line("  mode      %s (%04o)".formatted(Words.mode(file.mode()), file.mode()));
  }
}

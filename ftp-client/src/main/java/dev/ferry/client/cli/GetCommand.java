package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import dev.ferry.client.GetRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.transfer.LinkPolicy;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "get",
    description = {
      "Bring files and folders here.",
      "DEST is as in cp -r: an existing folder receives them under their names, otherwise the one"
          + " source becomes it. A slash at its end makes it a folder. Without DEST: the current"
          + " folder."
    })
final class GetCommand extends ItemCommand {
  @Mixin private TransferOptions transfer;

  @Parameters(
      arity = "1..*",
      paramLabel = "URL… [DEST]",
      hideParamSyntax = true,
      description = "What, and where to.")
  private List<String> arguments;

  GetCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    boolean here = arguments.size() == 1 || FerryUrl.isUrl(arguments.getLast());
    List<String> sources = here ? arguments : arguments.subList(0, arguments.size() - 1);
    get(context, items, transfer, sources, here ? "." : arguments.getLast());
  }

  /** The same for all commands that get. */
  static void get(
      CommandContext context,
      Items items,
      TransferOptions transfer,
      List<String> sources,
      String dest)
      throws IOException {
    if (transfer.links() == LinkPolicy.FOLLOW) {
      throw new UsageException("a server never follows links: --links follow is for put");
    }
    List<Target> targets = context.targets(sources);
    Target first = targets.getFirst();
    if (targets.stream().anyMatch(target -> target.server() != first.server())) {
      throw new UsageException("one get takes from one server; use one for each");
    }
    List<RemotePath> paths = targets.stream().map(Target::path).toList();
    LocalPath target = context.local(dest);
    GetRequest request =
        new GetRequest(
            paths,
            target.path(),
            target.isFolder(),
            transfer.recursive(),
            transfer.rules(context.options()));
    String title = "get from " + first.server().endpoint();
    Transfer.run(context, items, first, title, listener -> first.server().get(request, listener));
  }
}

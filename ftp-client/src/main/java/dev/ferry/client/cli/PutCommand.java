package dev.ferry.client.cli;

import dev.ferry.client.LocalSource;
import dev.ferry.client.PutRequest;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "put",
    description = {
      "Bring files and folders there.",
      "URL is as the target of cp -r: an existing folder receives them under their names, otherwise"
          + " the one source becomes it. A slash at its end makes it a folder."
    })
final class PutCommand extends ItemCommand {
  @Mixin private TransferOptions transfer;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE… URL",
      hideParamSyntax = true,
      description = "What, and where to.")
  private List<String> arguments;

  PutCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    if (arguments.size() == 1 && !context.isShell()) {
      throw new UsageException("put needs a URL to put to, behind the files");
    }
    boolean here = arguments.size() == 1;
    List<String> sources = here ? arguments : arguments.subList(0, arguments.size() - 1);
    put(context, items, transfer, sources, here ? "." : arguments.getLast());
  }

  /** The same for all commands that put. */
  static void put(
      CommandContext context,
      Items items,
      TransferOptions transfer,
      List<String> sources,
      String dest)
      throws IOException {
    Target target = context.target(dest);
    if (target.path().pattern()) {
      throw new UsageException("the target of put is no pattern; quote its signs");
    }
    List<LocalSource> found = new ArrayList<>();
    for (String source : sources) {
      for (LocalPath path : context.locals(source)) {
        found.add(new LocalSource(path.typed(), path.path(), path.matched()));
      }
    }
    PutRequest request =
        new PutRequest(
            found, target.path(), transfer.recursive(), transfer.rules(context.options()));
    String title = "put to " + target.server().endpoint();
    try {
      Transfer.run(
          context, items, target, title, listener -> target.server().put(request, listener));
    } catch (RefusedException e) {
      throw Failure.at(target.path().toString(), e); // What was refused as a whole was the target.
    }
  }
}

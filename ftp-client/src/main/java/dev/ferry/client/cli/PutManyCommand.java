package dev.ferry.client.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "mput",
    description = "Bring local files and folders into the current remote folder.")
final class PutManyCommand extends ItemCommand {
  @Mixin private TransferOptions transfer;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "What; patterns are welcome.")
  private List<String> sources;

  PutManyCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    PutCommand.put(context, items, transfer, sources, ".");
  }
}

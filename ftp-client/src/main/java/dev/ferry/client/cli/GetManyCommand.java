package dev.ferry.client.cli;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "mget",
    description = "Bring files and folders into the current local folder.")
final class GetManyCommand extends ItemCommand {
  @Mixin private TransferOptions transfer;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "What; patterns are welcome.")
  private List<String> sources;

  GetManyCommand(CommandContext context) {
    super(context);
  }

  @Override
  void run(Items items) throws IOException {
    GetCommand.get(context, items, transfer, sources, ".");
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.Overwrite;
import dev.ferry.client.Rules;
import dev.ferry.transfer.LinkPolicy;
import picocli.CommandLine.Option;

/** What get and put have in common. */
final class TransferOptions {
  @Option(
      names = {"-r", "--recursive"},
      description = "Take folders with all they hold.")
  private boolean recursive;

  @Option(
      names = "--overwrite",
      paramLabel = "never|newer|always",
      description = "What may be done to a target that differs; never if not given.")
  private Overwrite overwrite = Overwrite.NEVER;

  @Option(
      names = "--links",
      paramLabel = "skip|follow|fail",
      description = "What becomes of links in a source; they are skipped if not given.")
  private LinkPolicy links = LinkPolicy.SKIP;

  boolean recursive() {
    return recursive;
  }

  LinkPolicy links() {
    return links;
  }

  Rules rules(CommonOptions common) {
    return new Rules(links, overwrite, common.durability());
  }
}

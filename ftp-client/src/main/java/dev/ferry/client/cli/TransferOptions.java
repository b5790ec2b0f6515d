package dev.ferry.client.cli;

import dev.ferry.client.Overwrite;
import dev.ferry.client.Rules;
import dev.ferry.transfer.LinkPolicy;
import picocli.CommandLine.Mixin;
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
      description =
          "What becomes of links in a source; if not given they are skipped, and one that was named"
              + " itself fails.")
  private LinkPolicy links = LinkPolicy.SKIP;

  @Option(
      names = {"-P", "--parallel"},
      paramLabel = "N",
      description =
          "Use this many connections for large files; as many as help on this link if not given.")
  private Integer connections;

  @Option(
      names = "--checksum",
      description = "Compare a target of equal size by its content, whatever its time.")
  private boolean checksum;

  @Mixin private RateOption limit;

  boolean recursive() {
    return recursive;
  }

  LinkPolicy links() {
    return links;
  }

  Rules rules(CommonOptions common) throws UsageException {
    int parallel = connections == null ? 0 : connections;
    if (connections != null && (parallel < 1 || parallel > Rules.MOST_CONNECTIONS)) {
      throw new UsageException(
          "-P takes 1 to %d connections, not %d".formatted(Rules.MOST_CONNECTIONS, parallel));
    }
    return new Rules(links, overwrite, checksum, common.durability(), parallel, limit.rate());
  }
}

package dev.ferry.server.cli;

import dev.ferry.server.audit.AuditReader;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ferryd audit}: whether what happened is still written as it was. */
@Command(
    name = "audit",
    description = "Checks the audit log, which a server keeps in its state folder.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class)
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what shall be done? Try: ferryd audit verify --help");
  }

  /** The whole log. */
  @Command(
      name = "verify",
      description =
          "Says whether the log is intact, or which line is not, also while a server runs.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "  ferryd audit verify",
        "  ferryd audit verify --expect 1234:9f86d081884c7d65...",
        "",
        "Exit code 7: a line is missing, or is not as it was written."
      })
  int verify(
      @Option(
              names = "--expect",
              paramLabel = "SEQ:HASH",
              description =
                  "The end of the log as it was printed before, and noted where nobody can change"
                      + " it: it has to be in the log still.")
          String expected,
      @Mixin StateOption state)
      throws IOException {
    AuditReader.Intact log;
    try {
      log = AuditReader.verify(state.existing(), expected);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--expect: " + e.getMessage(), e);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%d events, intact%s; end %s"
            .formatted(
                log.events(), log.first() > 1 ? " from event " + log.first() : "", log.head()));
    out.flush();
    return ExitCodes.OK;
  }
}

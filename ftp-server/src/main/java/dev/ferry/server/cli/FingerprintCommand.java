package dev.ferry.server.cli;

import dev.ferry.server.IdentityFile;
import dev.ferry.server.StartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ferryd fingerprint}: prints what clients know the server by. */
@Command(
    name = "fingerprint",
    description = "Prints what clients know this server by, and makes its identity if it has none.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class)
final class FingerprintCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The server's own files. Default: ~/.local/state/ferryd, for root /var/lib/ferryd.")
  Path state;

  @Override
  public Integer call() {
    try {
      Path folder = state == null ? Machine.here().state() : state;
      PrintWriter out = spec.commandLine().getOut();
      out.println(IdentityFile.in(folder).fingerprint());
      out.flush();
      return ExitCodes.OK;
    } catch (StartException e) {
      spec.commandLine().getErr().println("ferryd: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return ExitCodes.of(e.problem());
    }
  }
}

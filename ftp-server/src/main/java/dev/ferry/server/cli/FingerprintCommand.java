package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import dev.ferry.server.CertificateFiles;
import dev.ferry.server.IdentityFile;
import dev.ferry.server.StartException;
import dev.ferry.transfer.tls.KeyFingerprint;
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

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "The certificate that the server is started with, if it is.")
  Path certificate;

  @Override
  public Integer call() {
    try {
      PrintWriter out = spec.commandLine().getOut();
      out.println(fingerprint());
      out.flush();
      return ExitCodes.OK;
    } catch (StartException e) {
      spec.commandLine().getErr().println("ferryd: " + Printable.text(e.getMessage()));
      spec.commandLine().getErr().flush();
      return ExitCodes.of(e.problem());
    }
  }

  private KeyFingerprint fingerprint() throws StartException {
    if (certificate != null) {
      return CertificateFiles.fingerprint(certificate);
    }
    return IdentityFile.in(state == null ? Machine.here().state() : state).fingerprint();
  }
}

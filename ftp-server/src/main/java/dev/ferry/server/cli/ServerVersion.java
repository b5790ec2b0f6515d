package dev.ferry.server.cli;

import dev.ferry.server.FerryServer;
import dev.ferry.transfer.tls.TlsProvider;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ferryd --version} prints. */
final class ServerVersion implements IVersionProvider {
  @Spec CommandSpec spec;

  @Override
  public String[] getVersion() {
    String version = FerryServer.SOFTWARE.replace('/', ' ');
    return spec.root().userObject() instanceof Ferryd ferryd && ferryd.verbose
        ? new String[] {version, "uses  " + TlsProvider.describe()}
        : new String[] {version};
  }
}

package dev.ferry.server.cli;

import dev.ferry.server.FerryServer;
import picocli.CommandLine.IVersionProvider;

/** What {@code ferryd --version} prints. */
final class ServerVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {FerryServer.SOFTWARE.replace('/', ' ')};
  }
}

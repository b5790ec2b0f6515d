package dev.ferry.server.cli;

import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.StateException;
import dev.ferry.server.account.StateFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the server's own files are, for every command that needs them. */
final class StateOption {
  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "The server's own files. Default: ~/.local/state/ferryd, for root /var/lib/ferryd.")
  Path folder;

  /** The folder, made if missing. */
  StateFolder open() throws StateException {
    return StateFolder.open(folder == null ? Machine.here().state() : folder);
  }

  /** The accounts in it, to be changed or looked at. */
  AccountFile accounts() throws StateException {
    return AccountFile.open(open());
  }
}

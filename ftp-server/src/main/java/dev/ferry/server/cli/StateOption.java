package dev.ferry.server.cli;

import dev.ferry.server.RunningServer;
import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.StateException;
import dev.ferry.server.account.StateFolder;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.server.audit.AuditFolder;
import java.io.IOException;
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
    return StateFolder.open(path());
  }

  /** The folder, which has to be there. */
  StateFolder existing() throws StateException {
    return StateFolder.existing(path());
  }

  private Path path() {
    return folder == null ? Machine.here().state() : folder;
  }

  /** The accounts in it, which has to be there. */
  AccountFile accounts() throws StateException {
    return AccountFile.open(existing());
  }

  /** The same for what may come before a server's first start: the folder is made if missing. */
  AccountFile newAccounts() throws StateException {
    return AccountFile.open(open());
  }

  /**
   * Writes into the audit log what was done, and has a running server end the sessions of whoever
   * could not log in any more.
   */
  void did(AuditEvent event) throws IOException {
    try {
      StateFolder state = open();
      review(state);
      AuditFolder.write(state, event.with("by", System.getProperty("user.name")));
    } catch (IOException e) {
      throw new IOException(
          "it is done, but cannot be written into the audit log: " + e.getMessage(), e);
    }
  }

  private static void review(StateFolder state) {
    try {
      RunningServer.of(state).review();
    } catch (IOException _) {
      // None runs; or it looks by itself, within a second.
    }
  }
}

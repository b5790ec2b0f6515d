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

  /** The accounts in it, to be looked at; it has to be there. */
  AccountFile accounts() throws StateException {
    return AccountFile.open(existing());
  }

  /** A change of the accounts. */
  @FunctionalInterface
  interface Change<T> {
    T of(AccountFile accounts) throws IOException;
  }

  /**
   * Changes the accounts, once that is on the disk in the audit log: nothing is changed that nobody
   * will know of. Then has a running server end the sessions of whoever could not log in any more.
   * The folder has to be there.
   */
  <T> T change(AuditEvent event, Change<T> change) throws IOException {
    return change(existing(), event, change);
  }

  /** The same for what may come before a server's first start: the folder is made if missing. */
  <T> T begin(AuditEvent event, Change<T> change) throws IOException {
    return change(open(), event, change);
  }

  private static <T> T change(StateFolder state, AuditEvent event, Change<T> change)
      throws IOException {
    T result = change.of(AccountFile.open(state, () -> write(state, event)));
    review(state);
    return result;
  }

  /** Has something in the audit log that changes no accounts, before it is done. */
  void record(AuditEvent event) throws IOException {
    write(existing(), event);
  }

  private static void write(StateFolder state, AuditEvent event) throws IOException {
    try {
      AuditFolder.write(state, event.with("by", System.getProperty("user.name")));
    } catch (IOException e) {
      throw new IOException(
          "nothing was changed, because it cannot be written into the audit log: " + e.getMessage(),
          e);
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

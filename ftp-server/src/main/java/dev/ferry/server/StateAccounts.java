package dev.ferry.server;

import static dev.ferry.server.account.StateException.reason;

import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.Registration;
import dev.ferry.server.account.StateFolder;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.server.audit.AuditLog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The accounts and the audit log of a server that has a state folder, which is its own as long as
 * this is open.
 */
final class StateAccounts implements AutoCloseable {
  private final AccountFile file;
  private final StateFolder state;
  private final AutoCloseable claim;
  private AuditLog audit;

  private StateAccounts(AccountFile file, StateFolder state, AutoCloseable claim) {
    this.file = file;
    this.state = state;
    this.claim = claim;
  }

  /**
   * Those of a folder.
   *
   * @param folder made if missing; null: there is none
   * @return null if there is no folder
   * @throws StartException if it cannot be used, or is another server's
   */
  static StateAccounts in(Path folder, Registration registration) throws StartException {
    if (folder == null) {
      return null;
    }
    AutoCloseable claim = null;
    try {
      StateFolder state = StateFolder.open(folder);
      claim = state.serve();
      return new StateAccounts(AccountFile.serving(state, registration), state, claim);
    } catch (IOException e) {
      Closing.quietly(claim);
      throw new StartException(Problem.STATE, e.getMessage(), e);
    }
  }

  AccountFile file() {
    return file;
  }

  /**
   * Opens the audit log of the folder, which is closed with this.
   *
   * @param first is written before this returns
   * @throws StartException if it cannot be written
   */
  AuditLog audit(AuditEvent first, EventLog log) throws StartException {
    try {
      audit = AuditLog.open(state, first, new Health(state.path(), log));
      return audit;
    } catch (IOException e) {
      throw new StartException(
          Problem.STATE,
          "cannot write the audit log in %s: %s".formatted(state.path(), reason(e, state.path())),
          e);
    }
  }

  private record Health(Path state, EventLog log) implements AuditLog.Health {
    @Override
    public void isDamaged(String how) {
      log.error("audit-damaged")
          .with("msg", "%s: %s; see: ferryd audit verify".formatted(state, how))
          .write();
    }

    @Override
    public void fails(Throwable why) {
      String words = why instanceof IOException e ? reason(e, state) : why.toString();
      log.error("audit-failed")
          .with("msg", "%s: %s; nobody new is let in until it works".formatted(state, words))
          .write();
    }

    @Override
    public void works() {
      log.info("audit-works").write();
    }

    @Override
    public void lost(int events) {
      log.error("audit-lost").with("events", events).write();
    }
  }

  @Override
  public void close() {
    Closing.quietly(audit);
    file.close();
    Closing.quietly(claim);
  }
}

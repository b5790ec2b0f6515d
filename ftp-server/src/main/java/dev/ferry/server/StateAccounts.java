package dev.ferry.server;

import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.AccountFile;
import dev.ferry.server.account.Registration;
import dev.ferry.server.account.StateFolder;
import java.io.IOException;
import java.nio.file.Path;

/** The accounts of a server that has a state folder, which is its own as long as this is open. */
final class StateAccounts implements AutoCloseable {
  private final AccountFile file;
  private final AutoCloseable claim;

  private StateAccounts(AccountFile file, AutoCloseable claim) {
    this.file = file;
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
      return new StateAccounts(AccountFile.serving(state, registration), claim);
    } catch (IOException e) {
      Closing.quietly(claim);
      throw new StartException(Problem.STATE, e.getMessage(), e);
    }
  }

  AccountFile file() {
    return file;
  }

  @Override
  public void close() {
    file.close();
    Closing.quietly(claim);
  }
}

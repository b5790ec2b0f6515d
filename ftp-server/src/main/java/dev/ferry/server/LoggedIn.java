package dev.ferry.server;

import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.Sessions;
import java.io.IOException;
import java.util.List;

/** The sessions of a server, for those who administer it. */
final class LoggedIn implements Sessions {
  private final Connections connections;
  private final Accounts accounts;

  LoggedIn(Connections connections, Accounts accounts) {
    this.connections = connections;
    this.accounts = accounts;
  }

  @Override
  public List<SessionInfo> list() {
    return connections.allServed().stream().map(Connection::info).toList();
  }

  @Override
  public boolean end(String id) {
    List<Connection> ones =
        connections.allServed().stream().filter(one -> one.id().equals(id)).toList();
    ones.forEach(one -> one.dismiss("ended by an administrator"));
    return !ones.isEmpty();
  }

  @Override
  public void review() {
    for (Connection one : connections.allServed()) {
      if (!stands(one.principal())) {
        one.dismiss("the login is good no longer");
      }
    }
  }

  private boolean stands(Principal principal) {
    try {
      return principal.standing().holds(accounts);
    } catch (IOException _) {
      return false;
    }
  }
}

package dev.ferry.testkit;

import dev.ferry.client.PrivateKey;
import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.IssuedToken;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.RegistrationRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts in memory, all of which one key opens. */
final class KeyAccounts implements Accounts {
  private final PrivateKey key = PrivateKey.generate();
  private final Map<String, Account> users = new ConcurrentHashMap<>();

  /** A writer. */
  void add(String name, String home) throws BadNameException {
    Account.Access access = new Account.Access(Role.WRITER, TreePath.parse(home), false);
    users.put(name, new Account(name, access, null, List.of(key.publicKey())));
  }

  Credential login(String name) {
    return new Credential.Key(name, key);
  }

  @Override
  public Account find(String name) {
    return users.get(name);
  }

  @Override
  public IssuedToken token(Bytes id) {
    return null;
  }

  @Override
  public Bytes inventionSecret() {
    return Accounts.NONE.inventionSecret();
  }

  @Override
  public Account register(String name, RegistrationRequest request) throws IOException {
    return Accounts.NONE.register(name, request);
  }

  @Override
  public long spend(String budget, long bytes) {
    return bytes;
  }
}

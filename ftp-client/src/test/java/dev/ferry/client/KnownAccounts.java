package dev.ferry.client;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.IssuedToken;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts in memory, for tests. Everybody's password is {@link #PASSWORD}. */
public final class KnownAccounts implements Accounts {
  public static final String PASSWORD = "correct horse";

  /** Takes a while, so it is made once. */
  private static final Scram.Verifier VERIFIER =
      Scram.Verifier.of(Scram.password(PASSWORD.toCharArray()));

  private final Map<String, Account> users = new ConcurrentHashMap<>();
  private final Map<Bytes, IssuedToken> tokens = new ConcurrentHashMap<>();
  private final Map<String, Long> spent = new ConcurrentHashMap<>();
  private final Bytes secret = Scram.nonce();

  public void add(String name, Role role, String home, PublicKey... keys) throws BadNameException {
    Account.Access access = new Account.Access(role, TreePath.parse(home), false);
    users.put(name, new Account(name, access, VERIFIER, List.of(keys)));
  }

  public void lock(String name) {
    users.computeIfPresent(
        name,
        (_, user) -> {
          Account.Access access = user.access();
          return new Account(
              name,
              new Account.Access(access.role(), access.home(), true),
              user.password(),
              user.keys());
        });
  }

  public Token issue(Caveat... caveats) {
    Bytes id = Token.newId();
    Bytes own = Token.newSecret();
    tokens.put(id, new IssuedToken(id, own, List.of(caveats)));
    Token token = Token.issue(id, own);
    for (Caveat caveat : caveats) {
      token = token.narrowed(caveat);
    }
    return token;
  }

  public void takeBack(Token token) {
    tokens.remove(token.id());
  }

  @Override
  public Account find(String name) {
    return users.get(name);
  }

  @Override
  public IssuedToken token(Bytes id) {
    return tokens.get(id);
  }

  @Override
  public Bytes inventionSecret() {
    return secret;
  }

  @Override
  public Account register(String name, RegistrationRequest request) throws IOException {
    if (!request.invitation().equals(Bytes.of((byte) 7))) {
      throw new RefusedException(ErrorCode.LOGIN_REFUSED, "the invitation is not good");
    }
    Account.Access access = new Account.Access(Role.READER, TreePath.ROOT, false);
    Account account = new Account(name, access, request.verifier(), List.of());
    users.put(name, account);
    return account;
  }

  @Override
  public long spend(String budget, long bytes) {
    return spent.merge(budget, bytes, Long::sum);
  }
}

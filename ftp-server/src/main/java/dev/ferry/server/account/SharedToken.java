package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One token that nobody keeps, and no account: what a share needs. */
public final class SharedToken implements Accounts {
  private final IssuedToken issued;
  private final Token token;
  private final Bytes secret = Scram.nonce();
  private final Map<String, Long> spent = new ConcurrentHashMap<>();

  private SharedToken(IssuedToken issued) {
    this.issued = issued;
    Token open = Token.issue(issued.id(), issued.secret());
    for (Caveat caveat : issued.caveats()) {
      open = open.narrowed(caveat);
    }
    token = open;
  }

  /** A new one. */
  public static SharedToken until(Instant end, Role role) {
    List<Caveat> caveats = List.of(new Caveat.AtMost(role), new Caveat.Until(end));
    return new SharedToken(new IssuedToken(Token.newId(), Token.newSecret(), caveats));
  }

  /** What the other person gets. */
  public Token token() {
    return token;
  }

  @Override
  public Account find(String name) {
    return null;
  }

  @Override
  public IssuedToken token(Bytes id) {
    return issued.id().equals(id) ? issued : null;
  }

  @Override
  public Bytes inventionSecret() {
    return secret;
  }

  @Override
  public Account register(String name, RegistrationRequest request) throws IOException {
    throw new RefusedException(ErrorCode.LOGIN_REFUSED, "this server registers nobody");
  }

  @Override
  public long spend(String budget, long bytes) {
    return spent.merge(budget, bytes, Long::sum);
  }
}

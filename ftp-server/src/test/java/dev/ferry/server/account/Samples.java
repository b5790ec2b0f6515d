package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account.Access;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Grant;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Accounts and tokens for tests. */
final class Samples {
  static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsR3sRmLDVVMHGbW8J1HHn3kSfzr2LXbJAcF0xTzAsj";

  private Samples() {}

  /** A password that nobody knows, without the time to make a real one. */
  static Scram.Verifier verifier() {
    Bytes salt = Bytes.of(Arrays.copyOf(Scram.nonce().toArray(), Scram.SALT_BYTES));
    return new Scram.Verifier(salt, Scram.ITERATIONS, Scram.nonce(), Scram.nonce());
  }

  static Account account(String name) {
    return account(name, TreePath.ROOT);
  }

  static Account account(String name, TreePath home) {
    return new Account(
        name, new Access(Role.WRITER, home, false), verifier(), List.of(PublicKey.parse(KEY)));
  }

  static IssuedToken token(Caveat... caveats) {
    return new IssuedToken(Token.newId(), Token.newSecret(), List.of(caveats));
  }

  static IssuedToken tokenUntil(Instant end) {
    return token(new Caveat.AtMost(Role.READER), new Caveat.Until(end));
  }

  /** The budgets of a token that was issued so. */
  static List<Grant.Budget> budgets(IssuedToken issued) {
    Token token = Token.issue(issued.id(), issued.secret());
    for (Caveat caveat : issued.caveats()) {
      token = token.narrowed(caveat);
    }
    return new ArrayList<>(Grant.of(token, issued.secret()).budgets());
  }

  static RegistrationRequest request(String invitation) {
    return new RegistrationRequest(
        verifier(), Bytes.of(invitation.getBytes(StandardCharsets.UTF_8)));
  }
}

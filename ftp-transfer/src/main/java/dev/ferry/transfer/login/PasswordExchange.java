package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Login;
import dev.ferry.protocol.ProtocolException;
import java.io.IOException;

/** The client's half of a login by password (spec 5.6). */
final class PasswordExchange implements Credential.Exchange {
  private final Credential.Password credential;
  private final Binding binding;
  private final Bytes nonce = Scram.nonce();
  private Bytes expected;

  PasswordExchange(Credential.Password credential, Binding binding) {
    this.credential = credential;
    this.binding = binding;
  }

  @Override
  public Login login() {
    return new Login(Login.PASSWORD, credential.who(), nonce);
  }

  @Override
  public boolean isAskedBack() {
    return true;
  }

  @Override
  public Frame.Proof answer(Frame.Challenge challenge) throws IOException {
    long iterations = challenge.iterations();
    if (iterations < Scram.FEWEST_ITERATIONS || iterations > Scram.MOST_ITERATIONS) {
      throw new ProtocolException(
          "the server wants the password hashed %d times, %d to %d are allowed (spec 5.6)"
              .formatted(iterations, Scram.FEWEST_ITERATIONS, Scram.MOST_ITERATIONS));
    }
    Bytes statement = Scram.statement(binding, credential.who(), nonce, challenge);
    Scram.Keys keys = credential.keys(challenge.salt(), (int) iterations);
    expected = keys.verifier().signature(statement);
    return new Frame.Proof(keys.proof(statement));
  }

  @Override
  public void check(Bytes shown) throws IOException {
    if (expected == null || !Digests.same(shown, expected)) {
      throw new ProofException("the server does not know the password it accepted");
    }
  }
}

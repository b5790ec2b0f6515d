package dev.ferry.client;

import dev.ferry.transfer.login.Credential;
import java.io.IOException;

/**
 * What to log in with at one server: one thing after the other, as long as it refuses. Used by the
 * one thread that calls the {@link Remote}; may ask a person.
 */
public interface Logins {
  /**
   * What to begin with.
   *
   * @throws CredentialException if there is nothing
   */
  Credential first() throws IOException;

  /**
   * What to try after the last one was refused.
   *
   * @throws IOException if there is nothing more: the refusal, with what to do about it
   */
  Credential next(LoginRefusedException refusal) throws IOException;

  /** Just this. */
  static Logins only(Credential credential) {
    return new Logins() {
      @Override
      public Credential first() {
        return credential;
      }

      @Override
      public Credential next(LoginRefusedException refusal) throws IOException {
        throw refusal;
      }
    };
  }
}

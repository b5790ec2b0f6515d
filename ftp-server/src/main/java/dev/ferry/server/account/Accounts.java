package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;

/**
 * Who may log in. Safe for use by many threads. What cannot be looked up may not log in: every
 * method throws then, and never answers as if there were nothing.
 */
public interface Accounts {
  /** Nobody. */
  Accounts NONE =
      new Accounts() {
        private final Bytes secret = Scram.nonce();

        @Override
        public Account find(String name) {
          return null;
        }

        @Override
        public IssuedToken token(Bytes id) {
          return null;
        }

        @Override
        public Bytes inventionSecret() {
          return secret;
        }

        @Override
        public Account register(String name, RegistrationRequest request) throws IOException {
          throw new RefusedException(
              ErrorCode.LOGIN_REFUSED, "this server registers nobody; ask its operator");
        }

        @Override
        public long spend(String budget, long bytes) {
          return bytes;
        }
      };

  /** The account of this name, or null. */
  Account find(String name) throws IOException;

  /** The token with this id, or null if it was never issued or taken back. */
  IssuedToken token(Bytes id) throws IOException;

  /** A secret that never changes, of which salts for unknown users are made. */
  Bytes inventionSecret();

  /**
   * Makes an account for somebody who asks for one, if that is allowed.
   *
   * @throws RefusedException if it is not; says why
   */
  Account register(String name, RegistrationRequest request) throws IOException;

  /**
   * Counts content that was moved with a token.
   *
   * @param budget which limit it counts against: the name of the {@code Grant.Budget}
   * @param bytes below 0: so many did not move after all
   * @return how many bytes have been moved with it now, these included
   */
  long spend(String budget, long bytes) throws IOException;
}

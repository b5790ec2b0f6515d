package dev.ferry.client.cli;

import dev.ferry.client.CredentialException;
import dev.ferry.transfer.login.Token;
import java.util.Map;

/** The token that FERRY_TOKEN holds. */
final class OwnToken {
  private static final String VARIABLE = "FERRY_TOKEN";

  private OwnToken() {}

  static boolean isSet(Map<String, String> environment) {
    return !environment.getOrDefault(VARIABLE, "").isBlank();
  }

  /**
   * The token.
   *
   * @throws CredentialException if the variable is set to something else
   */
  static Token of(Map<String, String> environment) throws CredentialException {
    try {
      return Token.parse(environment.get(VARIABLE));
    } catch (IllegalArgumentException e) {
      throw new CredentialException(VARIABLE + " holds no token: " + e.getMessage());
    }
  }

  /** The same, where it has to be there. */
  static Token needed(Map<String, String> environment) throws CredentialException, UsageException {
    if (!isSet(environment)) {
      throw new UsageException("there is no token: put the one you were given into " + VARIABLE);
    }
    return of(environment);
  }
}

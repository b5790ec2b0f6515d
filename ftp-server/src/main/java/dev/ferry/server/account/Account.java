package dev.ferry.server.account;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Scram;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A person that may log in.
 *
 * @param password null: it has none
 * @param keys any of which logs in
 */
public record Account(String name, Access access, Scram.Verifier password, List<PublicKey> keys) {
  /** What people are told about names. */
  public static final String NAME_RULE =
      "a user name has 1 to 32 of a-z 0-9 . _ - and begins with a letter or digit; 'anonymous' is"
          + " none";

  /** How logs call whoever has no name. */
  private static final String ANONYMOUS = "anonymous";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

  /**
   * What a login opens.
   *
   * @param home what is the root
   * @param locked nothing, for the time being
   */
  public record Access(Role role, TreePath home, boolean locked) {}

  public Account {
    if (!isName(name)) {
      throw new IllegalArgumentException(NAME_RULE);
    }
    keys = List.copyOf(keys);
  }

  /** The same, with other access. */
  public Account with(Access other) {
    return new Account(name, other, password, keys);
  }

  /** The same, with another password or with none. */
  public Account with(Scram.Verifier other) {
    return new Account(name, access, other, keys);
  }

  /** The same, with other keys. */
  public Account with(List<PublicKey> others) {
    return new Account(name, access, password, others);
  }

  /** Whether a user can be called that. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.equals(ANONYMOUS);
  }
}

package dev.ferry.transfer.login;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is left of everything when all caveats of a token hold (spec 5.8).
 *
 * @param role READER or WRITER
 * @param path what is the root for its holder
 * @param until null: for ever
 * @param budgets all of which bind
 */
public record Grant(Role role, TreePath path, Instant until, List<Budget> budgets) {
  private static final int NAME_BYTES = 16;

  /**
   * A bound on what may be moved.
   *
   * @param name the token's id, a dot, and what tells it from the budgets of narrower tokens
   * @param most bytes of content
   */
  public record Budget(String name, long most) {}

  public Grant {
    budgets = List.copyOf(budgets);
  }

  /**
   * Of a verified token.
   *
   * @param secret what the server keeps for it
   * @throws IllegalArgumentException if its paths together are too long for any
   */
  public static Grant of(Token verified, Bytes secret) {
    Role role = Role.WRITER;
    TreePath path = TreePath.ROOT;
    Instant until = null;
    List<Budget> budgets = new ArrayList<>();
    Token token = Token.issue(verified.id(), secret);
    for (Caveat caveat : verified.caveats()) {
      token = token.narrowed(caveat);
      switch (caveat) {
        case Caveat.AtMost c -> role = c.role().compareTo(role) < 0 ? c.role() : role;
        case Caveat.Below c -> path = below(path, c.path());
        case Caveat.Until c -> until = until == null || c.time().isBefore(until) ? c.time() : until;
        case Caveat.Moving c -> budgets.add(new Budget(name(token), c.most()));
      }
    }
    return new Grant(role, path, until, budgets);
  }

  private static TreePath below(TreePath path, TreePath further) {
    try {
      return path.append(further);
    } catch (BadNameException e) {
      throw new IllegalArgumentException("the token's path: " + e.getMessage());
    }
  }

  private static String name(Token token) {
    byte[] hash = Digests.sha256(token.key()).toArray();
    return token.id() + "." + Bytes.of(Arrays.copyOf(hash, NAME_BYTES));
  }
}

package dev.ferry.server;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who logged in, and what that opens.
 *
 * @param name in logs: the user, {@code token:} and its id, or {@code anonymous}
 * @param home what is the root
 * @param base where that lies below what is served
 * @param entered what {@link Homes#leave} is called with; the same unless a budget lies over it
 * @param until when it ends; null: never
 * @param proof what WELCOME shows
 */
record Principal(
    String name,
    Role role,
    Home home,
    TreePath base,
    Home entered,
    Instant until,
    Standing standing,
    Bytes proof) {
  static final String ANONYMOUS = "anonymous";
  static final String TOKEN = "token:";

  boolean isAnonymous() {
    return name.equals(ANONYMOUS);
  }

  /** Whether what they logged in with is good no longer. */
  boolean isOver() {
    return until != null && Instant.now().isAfter(until);
  }

  /** Whether both are one user, or hold one token. */
  boolean isSame(Principal other) {
    return name.equals(other.name);
  }

  /** The components of a path, as seen from what is served. */
  List<String> place(List<String> path) {
    List<String> place = new ArrayList<>(base.components());
    place.addAll(path);
    return place;
  }

  /** What others may log in as who have a ticket of this one. */
  Principal again() {
    return new Principal(name, role, home, base, entered, until, standing, Bytes.NONE);
  }
}

package dev.ferry.client;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.TreePath;
import java.util.List;

/**
 * What the answer to a LIST may hold (spec 6.1): a server cannot have a command act on, or a person
 * look at, what nobody asked it for.
 */
final class AskedItems {
  private final ListRequest request;
  private final List<String> asked;
  private final boolean pattern;

  AskedItems(ListRequest request) {
    this.request = request;
    asked = request.path().components();
    pattern = request.path().pattern();
  }

  /** Whether an item of this path was asked for; the path is not empty. */
  boolean hold(List<String> item) {
    return pattern ? matches(item) : isContent(item, 1) || isTheOneThing(item);
  }

  /** Its content was asked for, or else it is no folder. */
  private boolean isTheOneThing(List<String> item) {
    return item.size() == 1 && !asked.isEmpty() && item.getFirst().equals(asked.getLast());
  }

  /** What matches, and what is below that; a path that is literally so named is no pattern. */
  private boolean matches(List<String> item) {
    int depth = asked.size();
    if (item.size() < depth) {
      return false;
    }
    List<String> match = item.subList(0, depth);
    List<String> below = item.subList(depth, item.size());
    boolean literal = match.equals(asked);
    return (literal || matchesEach(match))
        && (below.isEmpty() || isContent(below, literal ? 1 : 0));
  }

  private boolean matchesEach(List<String> match) {
    for (int i = 0; i < match.size(); i++) {
      if (!Glob.matches(asked.get(i), match.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isContent(List<String> path, int levels) {
    return (request.recursive() || path.size() <= levels)
        && (request.hidden() || path.stream().noneMatch(name -> name.startsWith(".")));
  }

  /**
   * The path of an item, as it is told: relative to a folder whose own path may be long as well.
   */
  TreePath checked(List<String> item) throws BadNameException {
    TreePath path = TreePath.of(item);
    if (!pattern) {
      TreePath base = request.path().path();
      (isTheOneThing(item) ? base.parent() : base).append(path);
    }
    return path;
  }
}

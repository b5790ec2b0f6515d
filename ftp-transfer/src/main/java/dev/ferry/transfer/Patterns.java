package dev.ferry.transfer;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Listing;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;

/** Finds the paths that a pattern matches (spec 4.2), sorted within each folder. */
public final class Patterns {
  private Patterns() {}

  /**
   * The matching paths.
   *
   * @param pattern one pattern for each component; a path that is literally so named is the only
   *     match
   * @return none if nothing matches
   * @throws BadNameException if the pattern itself could be no path (spec 4.2)
   */
  public static List<TreePath> matches(Tree tree, List<String> pattern) throws IOException {
    TreePath literal = TreePath.of(pattern);
    if (exists(tree, literal)) {
      return List.of(literal);
    }
    List<TreePath> found = List.of(TreePath.ROOT);
    for (String component : pattern) {
      List<TreePath> deeper = new ArrayList<>();
      for (TreePath folder : found) {
        below(tree, folder, component, deeper);
      }
      found = deeper;
    }
    return found;
  }

  private static void below(Tree tree, TreePath folder, String component, List<TreePath> found)
      throws IOException {
    if (!Glob.isPattern(component)) {
      TreePath child = folder.child(Glob.unescape(component));
      if (exists(tree, child)) {
        found.add(child);
      }
      return;
    }
    List<String> names = new ArrayList<>();
    try (Listing listing = tree.list(folder)) {
      for (Listing.Item item = listing.next(); item != null; item = listing.next()) {
        if (item instanceof Listing.Entry entry && Glob.matches(component, entry.name())) {
          names.add(entry.name());
        }
      }
    } catch (NotDirectoryException _) {
      return;
    }
    names.sort(null);
    for (String name : names) {
      found.add(folder.child(name));
    }
  }

  private static boolean exists(Tree tree, TreePath path) throws IOException {
    try {
      tree.stat(path);
      return true;
    } catch (NoSuchFileException | NotDirectoryException _) {
      return false;
    }
  }
}

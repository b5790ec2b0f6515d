package dev.ferry.transfer.store;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Removing a folder with all below it. Each folder is opened anew from the root, so what is removed
 * stood below the given path at that moment, whatever is renamed or replaced by links meanwhile;
 * the depth of the tree costs neither stack nor descriptors.
 */
final class Removal {
  /**
   * Full folders that are remembered while one is being listed; the rest is found the next time.
   */
  private static final int REMEMBERED = 1000;

  /** How often a folder that looks empty may turn out not to be. */
  private static final int PATIENCE = 3;

  private final Folders folders;
  private final Deque<TreePath> full = new ArrayDeque<>();
  private long removed;
  private int inVain;

  private Removal(Folders folders) {
    this.folders = folders;
  }

  /** As {@link Tree#removeAll}. */
  static long removeAll(Folders folders, TreePath path) throws IOException {
    try (Dir parent = folders.open(path.parent(), Dir.Use.NAMES)) {
      remove(parent, path.name());
      return 1;
    } catch (DirectoryNotEmptyException e) {
      Removal removal = new Removal(folders);
      removal.full.push(path);
      removal.run();
      return removal.removed;
    }
  }

  /** As {@link Tree#remove}; an empty staging folder in a folder does not count as content. */
  static void remove(Dir parent, String name) throws IOException {
    try {
      parent.remove(name);
    } catch (DirectoryNotEmptyException e) {
      if (!removeEmptyStaging(parent, name)) {
        throw e;
      }
      parent.remove(name);
    }
  }

  private static boolean removeEmptyStaging(Dir parent, String name) throws IOException {
    try (Dir folder = parent.open(name);
        Listing names = folder.list()) {
      for (Listing.Item item = names.next(); item != null; item = names.next()) {
        if (!isStagingFolder(item)) {
          return false;
        }
        folder.remove(item.name());
      }
      return true;
    } catch (DirectoryNotEmptyException e) {
      throw Failures.notEmpty(parent.pathOf(name), "files are just being transferred into it");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isStagingFolder(Listing.Item item) {
    return TreePath.isReserved(item.name())
        && item instanceof Listing.Entry entry
        && entry.attributes().isFolder();
  }

  private void run() throws IOException {
    while (!full.isEmpty()) {
      TreePath folder = full.peek();
      int depth = full.size();
      try {
        boolean found = removeContents(folder);
        if (full.size() == depth) {
          removeEmptied(folder, found);
        }
      } catch (NoSuchFileException e) {
        full.pop(); // somebody else removed it
      }
    }
  }

  /**
   * Removes a folder that was emptied. If somebody was faster in filling it, it is emptied anew,
   * but not for ever when nothing is found in it.
   */
  private void removeEmptied(TreePath folder, boolean found) throws IOException {
    try (Dir parent = folders.open(folder.parent(), Dir.Use.NAMES)) {
      remove(parent, folder.name());
      full.pop();
      removed++;
      inVain = 0;
    } catch (DirectoryNotEmptyException e) {
      inVain = found ? 0 : inVain + 1;
      if (inVain > PATIENCE) {
        throw e;
      }
    }
  }

  /** Removes all but full folders, and remembers those; false if there was nothing at all. */
  private boolean removeContents(TreePath folder) throws IOException {
    try (Dir dir = folders.open(folder, Dir.Use.CONTENTS);
        Listing names = dir.list()) {
      int limit = full.size() + REMEMBERED;
      boolean found = false;
      Listing.Item item = names.next();
      while (item != null && full.size() < limit) {
        if (!TreePath.isReserved(item.name())) {
          removeItem(dir, folder, item);
          found = true;
        }
        item = names.next();
      }
      return found;
    }
  }

  private void removeItem(Dir dir, TreePath folder, Listing.Item item) throws IOException {
    if (item instanceof Listing.Unreadable(String name, IOException why)) {
      if (why instanceof NoSuchFileException) {
        return;
      }
      if (why instanceof BadNameException) {
        throw new TreeException(
            Problem.BAD_NAME,
            Names.join(folder.toString(), name),
            why.getMessage() + "; remove it by other means");
      }
      throw why;
    }
    try {
      dir.remove(item.name());
      removed++;
    } catch (DirectoryNotEmptyException e) {
      full.push(folder.child(item.name()));
    } catch (NoSuchFileException e) {
      return; // somebody else removed it
    }
  }
}

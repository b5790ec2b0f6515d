package dev.ferry.transfer;

import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;

/**
 * Gives new folders their time and mode after the last of what they hold (spec 7.3), keeping only
 * those that are still open. Used by one thread.
 */
final class FolderTimes {
  private record Folder(TreePath place, FileAttributes attributes) {}

  private record Left(Folder folder, long last) {}

  private final Tree tree;
  private final Deque<Folder> inside = new ArrayDeque<>();
  private final Queue<Left> left = new ArrayDeque<>();

  FolderTimes(Tree tree) {
    this.tree = tree;
  }

  /** An entry arrived: folders that do not hold it are complete. */
  void arrived(long number, TreePath place) {
    while (!inside.isEmpty() && !place.startsWith(inside.peek().place())) {
      left.add(new Left(inside.pop(), number - 1));
    }
  }

  /** A folder was made. */
  void made(TreePath place, FileAttributes attributes) {
    inside.push(new Folder(place, attributes));
  }

  /** Finishes the folders whose last entry is below this number. */
  void finishBelow(long lowestOpen) {
    while (!left.isEmpty() && left.peek().last() < lowestOpen) {
      apply(left.remove().folder());
    }
  }

  /** Finishes all; no entry is open any more. */
  void finishAll() {
    while (!inside.isEmpty()) {
      left.add(new Left(inside.pop(), 0));
    }
    left.forEach(folder -> apply(folder.folder()));
    left.clear();
  }

  private void apply(Folder folder) {
    try {
      tree.setFolderAttributes(
          folder.place(), folder.attributes().modified(), folder.attributes().mode());
    } catch (IOException _) {
      // The content is safe and reported as such; only the folder's own time or mode is not the
      // source's.
    }
  }
}

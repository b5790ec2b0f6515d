package dev.ferry.server;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Placement;
import dev.ferry.transfer.Placement.Expected;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Where the entries of a PUT go (spec 7.2).
 *
 * @param mode ALL only if nothing stands in the way of any argument, so that nothing is sent that
 *     is there already
 */
record PutTarget(Placement placement, Mode mode) {

  /**
   * Looks at what stands at the target, and makes the folder if one was asked for. Blocks on the
   * disk.
   */
  static PutTarget decide(Tree tree, TreeRequests requests, Frame.Put put) throws IOException {
    TreePath target = TreePath.of(put.target());
    List<Expected> arguments = new ArrayList<>(put.names().size());
    for (String name : put.names()) {
      arguments.add(expected(name));
    }
    boolean made = put.folder() && requests.makeWithParents(target) > 0;
    Attributes there = statIfThere(tree, target);
    if (there != null && there.isFolder()) {
      boolean all = made || noneIsThere(tree, target, put.names());
      return new PutTarget(Placement.into(target, arguments), all ? Mode.ALL : Mode.ASK);
    }
    if (arguments.size() > 1) {
      throw new RefusedException(
          ErrorCode.NOT_A_FOLDER, "several sources need a folder to go to, and it is none");
    }
    if (there == null) {
      requireFolder(tree, target.parent());
    }
    return new PutTarget(
        Placement.as(target, arguments.getFirst()), there == null ? Mode.ALL : Mode.ASK);
  }

  /** The same, but nothing is sent that was not asked for. */
  PutTarget asking() {
    return new PutTarget(placement, Mode.ASK);
  }

  private static void requireFolder(Tree tree, TreePath folder) throws IOException {
    Attributes there = statIfThere(tree, folder);
    if (there == null) {
      throw new RefusedException(
          ErrorCode.NOT_FOUND, "there is no folder " + folder + " to put it into; make it first");
    }
    if (!there.isFolder()) {
      throw new RefusedException(ErrorCode.NOT_A_FOLDER, folder + " is no folder to put it into");
    }
  }

  private static Expected expected(String name) throws BadNameException {
    return name.isEmpty() ? new Expected.Merged() : new Expected.Name(TreePath.of(name).name());
  }

  private static boolean noneIsThere(Tree tree, TreePath folder, List<String> names)
      throws IOException {
    if (names.contains("") || new HashSet<>(names).size() < names.size()) {
      return false;
    }
    for (String name : names) {
      if (statIfThere(tree, folder.child(name)) != null) {
        return false;
      }
    }
    return true;
  }

  private static Attributes statIfThere(Tree tree, TreePath path) throws IOException {
    try {
      return tree.stat(path);
    } catch (NoSuchFileException _) {
      return null;
    }
  }
}

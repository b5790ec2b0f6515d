package dev.ferry.transfer.store;

import java.io.IOException;

/** Moving without replacing, also where the system has no single step for it. */
final class NoReplace {
  private NoReplace() {}

  /**
   * Moves a file, link or folder; fails if the new name is taken, however late somebody took it. In
   * the worst case (no single step, and the process dies) a file is left under both names, or an
   * empty folder under the new one.
   */
  static void move(Dir from, String name, Dir to, String newName) throws IOException {
    if (!from.renameNoReplace(name, to, newName)) {
      moveInTwoSteps(from, name, to, newName);
    }
  }

  /** Takes the new name in a way that fails if it is taken, then gives up the old one. */
  static void moveInTwoSteps(Dir from, String name, Dir to, String newName) throws IOException {
    if (!from.stat(name).isFolder()) {
      from.link(name, to, newName);
      from.remove(name);
      return;
    }
    to.makePrivateFolder(newName);
    try {
      from.rename(name, to, newName);
    } catch (IOException e) {
      giveUp(to, newName, e);
      throw e;
    }
  }

  private static void giveUp(Dir to, String newName, IOException failure) {
    try {
      if (to.stat(newName).isFolder()) {
        to.remove(newName);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}

package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens trees. */
public final class Trees {
  private Trees() {}

  /**
   * Opens the tree at a folder that a person named; links on the way to it are followed once, here.
   * Reads and writes nothing in it. The caller closes the tree.
   *
   * @param root an existing, readable folder
   * @param allowWeak whether to make do with paths that are checked before they are used, where the
   *     system offers nothing better: they keep out every link that stands still, but not one that
   *     is put in place between check and use
   * @throws WeakConfinementException if the system offers nothing better and that is not allowed
   */
  public static Tree open(Path root, boolean allowWeak) throws IOException {
    Path real = root.toRealPath();
    if (!Files.isDirectory(real)) {
      throw Failures.notAFolder(root.toString());
    }
    return new ConfinedTree(folders(real, allowWeak));
  }

  private static Folders folders(Path real, boolean allowWeak) throws IOException {
    try {
      return KernelFolders.open(real);
    } catch (WeakConfinementException e) {
      if (!allowWeak) {
        throw e;
      }
      return CheckedFolders.open(real);
    }
  }
}

package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.file.Path;

/** The ways to confine a tree: what is promised of a tree is tested on each. */
enum Confinement {
  OPENAT2 {
    @Override
    Folders folders(Path root) throws IOException {
      return KernelFolders.open(root.toRealPath());
    }
  },
  CHECKED_PATHS {
    @Override
    Folders folders(Path root) throws IOException {
      return CheckedFolders.open(root.toRealPath());
    }
  };

  abstract Folders folders(Path root) throws IOException;

  Tree open(Path root) throws IOException {
    return new ConfinedTree(folders(root));
  }
}

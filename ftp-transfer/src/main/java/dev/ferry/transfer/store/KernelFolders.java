package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Folders by openat2(2): the kernel resolves the whole relative path in one call, beneath the root,
 * through no link, on one file system.
 */
final class KernelFolders implements Folders {
  private static final int FOLDER_ONLY = Kernel.O_PATH | Kernel.O_DIRECTORY;

  private final Handle root;
  private final boolean canForceAll;

  private KernelFolders(Handle root, boolean canForceAll) {
    this.root = root;
    this.canForceAll = canForceAll;
  }

  /**
   * Opens a root and tries there what all else relies on.
   *
   * @param real an absolute path without links
   */
  static KernelFolders open(Path real) throws IOException {
    requireSystemCalls();
    int fd = Kernel.openRoot(real.toString());
    if (fd == -Errno.ENOSYS || fd == -Errno.EPERM) {
      throw new WeakConfinementException("openat2 is missing (Linux before 5.6) or forbidden");
    }
    Handle root = new Handle(Errno.check(fd, real.toString()));
    try {
      requireConfinement(fd);
      return new KernelFolders(root, Kernel.canForceAll(fd));
    } catch (Throwable t) {
      root.close();
      throw t;
    }
  }

  private static void requireSystemCalls() throws WeakConfinementException {
    if (!Call.KNOWN) {
      throw new WeakConfinementException("it needs Linux on x86-64 or 64-bit ARM");
    }
    try {
      Kernel.userId();
    } catch (LinkageError | UnsupportedOperationException e) {
      throw new WeakConfinementException("the foreign function interface is switched off");
    }
  }

  private static void requireConfinement(int root) throws IOException {
    int up = Kernel.open(root, "..", FOLDER_ONLY, 0);
    if (up >= 0) {
      Kernel.close(up);
      throw new WeakConfinementException("openat2 does not hold back \"..\"");
    }
    int here = Errno.check(Kernel.open(root, ".", FOLDER_ONLY, 0), "/");
    int again = Kernel.reopen(here);
    boolean same = again >= 0 && Kernel.stat(again, "").isSameFileAs(Kernel.stat(root, ""));
    if (again >= 0) {
      Kernel.close(again);
    }
    Kernel.close(here);
    if (!same) {
      throw new WeakConfinementException("/proc is not mounted or not readable");
    }
  }

  @Override
  public String confinement() {
    return "openat2";
  }

  @Override
  public String user() {
    return Integer.toUnsignedString(Kernel.userId());
  }

  @Override
  public Dir open(TreePath folder, Dir.Use use) throws IOException {
    if (folder.isRoot() && use == Dir.Use.NAMES) {
      return new KernelDir(root.share(), folder.toString());
    }
    int flags = use == Dir.Use.NAMES ? FOLDER_ONLY : Kernel.O_RDONLY | Kernel.O_DIRECTORY;
    return new KernelDir(new Handle(open(folder, flags)), folder.toString());
  }

  @Override
  public Folders below(TreePath folder) throws IOException {
    return new KernelFolders(
        new Handle(open(folder, Kernel.O_RDONLY | Kernel.O_DIRECTORY)), canForceAll);
  }

  @Override
  public Content openFile(TreePath path) throws IOException {
    int found = open(path, Kernel.O_PATH | Kernel.O_NOFOLLOW);
    try {
      return KernelFile.reopen(found, path.toString());
    } finally {
      Kernel.close(found);
    }
  }

  private int open(TreePath path, int flags) throws IOException {
    int within = root.acquire();
    try {
      int fd = Kernel.open(within, relative(path.components()), flags, 0);
      if (fd < 0) {
        requireParents(within, path);
      }
      return Errno.check(fd, path.toString());
    } finally {
      root.release();
    }
  }

  /** Finds out which parent is to blame, if it is one. */
  private static void requireParents(int root, TreePath path) throws IOException {
    for (int depth = 1; depth < path.components().size(); depth++) {
      String parent = relative(path.components().subList(0, depth));
      Kernel.close(Errno.check(Kernel.open(root, parent, FOLDER_ONLY, 0), "/" + parent));
    }
  }

  private static String relative(List<String> components) {
    return components.isEmpty() ? "." : String.join("/", components);
  }

  @Override
  public boolean canForceAll() {
    return canForceAll;
  }

  /** Through the descriptor that was open all the time: it has not missed a failed write. */
  @Override
  public void forceAll() throws IOException {
    root.run(Kernel::forceAll, "/");
  }

  @Override
  public Space space() throws IOException {
    int fd = root.acquire();
    try (Scratch scratch = Scratch.take()) {
      Errno.check(Kernel.fileSystem(scratch, fd), "/");
      return Space.decode(scratch.memory.asSlice(Scratch.STRUCT));
    } finally {
      root.release();
    }
  }

  @Override
  public void close() {
    root.close();
  }
}

package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;

/**
 * How folders below a root are reached: the only place where a path becomes something that the
 * system understands. A folder is looked up anew for every operation, so that no operation acts on
 * one that was moved away since.
 */
interface Folders extends AutoCloseable {
  /** As {@link Tree#confinement}. */
  String confinement();

  /**
   * Opens a folder; the caller closes it.
   *
   * @throws IOException naming the first component of the path that is missing, no folder, a link,
   *     or on another file system
   */
  Dir open(TreePath folder, Dir.Use use) throws IOException;

  /** As {@link Tree#below}. */
  Folders below(TreePath folder) throws IOException;

  /** Opens a regular file, as {@link Tree#open}. */
  Content openFile(TreePath path) throws IOException;

  /** Tells this process's user from others, in characters that a name may have. */
  String user();

  /** As {@link Tree#canForceAll}. */
  boolean canForceAll();

  /** As {@link Tree#forceAll}. */
  void forceAll() throws IOException;

  /** As {@link Tree#space}. */
  Space space() throws IOException;

  @Override
  void close();
}

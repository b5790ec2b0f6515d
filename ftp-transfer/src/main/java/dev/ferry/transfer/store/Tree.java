package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A folder and what lies below it, confined: no operation reads or writes outside, follows a link
 * or crosses into another file system, whatever the names say and whatever others do to the tree
 * meanwhile (under "checked paths" the last holds only in the absence of a race).
 *
 * <p>Safe for use by many threads. All operations block on the file system, none on a peer.
 * Failures are the exceptions of {@code java.nio.file} where one fits, else {@link TreeException};
 * their text names paths as seen from the root of this tree, unescaped, and never the place of the
 * root.
 */
public interface Tree extends AutoCloseable {
  /** How the tree is confined: {@code "openat2"} or {@code "checked paths"}. */
  String confinement();

  /** What stands at a path; a link is described itself. */
  Attributes stat(TreePath path) throws IOException;

  /** The names in a folder, as a stream that the caller closes. */
  Listing list(TreePath folder) throws IOException;

  /** The same with reserved names, which lead nowhere: for whoever has to say what is left out. */
  Listing listAll(TreePath folder) throws IOException;

  /** Makes one folder. Its parent must exist, and nothing may stand there. */
  void makeFolder(TreePath path) throws IOException;

  /** Removes one file, link, special file or empty folder. */
  void remove(TreePath path) throws IOException;

  /**
   * Removes a path and, if it is a folder, all below it. Links are removed, not followed. Stops at
   * the first failure; what was removed by then is gone.
   *
   * @return how many files and folders were removed
   */
  long removeAll(TreePath path) throws IOException;

  /** Moves a file, link or folder within the tree; never replaces anything. */
  void rename(TreePath from, TreePath to) throws IOException;

  /**
   * Opens a regular file for reading; the caller closes it. Never blocks on a FIFO and never
   * touches a device: what is opened was checked first, on the same handle.
   *
   * @throws TreeException if it is a folder, a link or a special file
   */
  Source open(TreePath path) throws IOException;

  /** A new empty file with a random name in the staging folder; the caller closes it. */
  Staged stage() throws IOException;

  /**
   * The staged file of this name, made if missing: for taking up what an earlier {@link
   * Staged#keep} left. Nothing here stops two callers from holding the same one.
   *
   * @param name 1 to 64 of {@code a-z 0-9 . -}, not beginning with a dot
   */
  Staged stage(String name) throws IOException;

  /** The names of all staged files, whoever left them. */
  List<String> staged() throws IOException;

  /**
   * Deletes staged files that have not changed for this long, whoever left them; those without a
   * name of their own also at once, if no other process works in this tree.
   *
   * @return how many were deleted
   */
  int collectStale(Duration age) throws IOException;

  /**
   * Sets time and permissions of a folder.
   *
   * @param mtimeNanos nanoseconds since 1970 UTC
   * @param mode permission bits, of which {@code 0777} without the process's umask are used
   */
  void setFolderAttributes(TreePath folder, long mtimeNanos, int mode) throws IOException;

  /** Returns when the names in a folder are on disk. */
  void force(TreePath folder) throws IOException;

  /** Whether {@link #forceAll} can be trusted here. */
  boolean canForceAll();

  /**
   * Returns when everything written to the tree's file system before the call is on disk.
   *
   * @throws TreeException if {@link #canForceAll} is false
   */
  void forceAll() throws IOException;

  /** How much the tree's file system holds. */
  Space space() throws IOException;

  /**
   * What lies below a folder of this tree, as a tree of its own with the folder as its root: from
   * there nothing of the rest can be reached. It goes on when this one is closed; the caller closes
   * it.
   */
  Tree below(TreePath folder) throws IOException;

  /**
   * Waits for nothing: calls that are under way end as usual, later ones fail. Sources and listings
   * stay usable until they are closed. Staged files should be closed before; the staging folder is
   * removed if it is empty.
   */
  @Override
  void close();
}

package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;

/** A tree on folders that are reached in one way or another. */
final class ConfinedTree implements Tree {
  private final Folders folders;
  private final Staging staging;

  /**
   * @param folders closed with this
   */
  ConfinedTree(Folders folders) {
    this.folders = folders;
    this.staging = new Staging(folders);
  }

  @Override
  public String confinement() {
    return folders.confinement();
  }

  @Override
  public Attributes stat(TreePath path) throws IOException {
    try (Dir parent = parentOf(path)) {
      return path.isRoot() ? parent.stat() : parent.stat(path.name());
    }
  }

  @Override
  public Listing list(TreePath folder) throws IOException {
    return new VisibleListing(listAll(folder));
  }

  @Override
  public Listing listAll(TreePath folder) throws IOException {
    try (Dir dir = folders.open(folder, Dir.Use.CONTENTS)) {
      return dir.list();
    }
  }

  @Override
  public void makeFolder(TreePath path) throws IOException {
    if (path.isRoot()) {
      throw new FileAlreadyExistsException(path.toString(), null, "is the root");
    }
    try (Dir parent = parentOf(path)) {
      parent.makeFolder(path.name());
    }
  }

  @Override
  public void remove(TreePath path) throws IOException {
    requireBelowRoot(path, "the root cannot be removed");
    try (Dir parent = parentOf(path)) {
      Removal.remove(parent, path.name());
    }
  }

  @Override
  public long removeAll(TreePath path) throws IOException {
    requireBelowRoot(path, "the root cannot be removed");
    return Removal.removeAll(folders, path);
  }

  @Override
  public void rename(TreePath from, TreePath to) throws IOException {
    requireBelowRoot(from, "the root cannot be moved");
    if (to.isRoot() || to.equals(from)) {
      throw new FileAlreadyExistsException(to.toString(), null, "exists already");
    }
    if (to.startsWith(from)) {
      throw new FileSystemException(
          from.toString(), to.toString(), "a folder cannot be moved into itself");
    }
    try (Dir parent = parentOf(from);
        Dir newParent = parentOf(to)) {
      NoReplace.move(parent, from.name(), newParent, to.name());
    }
  }

  @Override
  public Source open(TreePath path) throws IOException {
    return folders.openFile(path);
  }

  @Override
  public Staged stage() throws IOException {
    return staging.create();
  }

  @Override
  public Staged stage(String name) throws IOException {
    return staging.openOrCreate(name);
  }

  @Override
  public List<String> staged() throws IOException {
    return staging.names();
  }

  @Override
  public int collectStale(Duration age) throws IOException {
    return staging.collectStale(age);
  }

  @Override
  public void setFolderAttributes(TreePath folder, long mtimeNanos, int mode) throws IOException {
    try (Dir dir = folders.open(folder, Dir.Use.CONTENTS)) {
      dir.setAttributes(mtimeNanos, Umask.apply(mode));
    }
  }

  @Override
  public void force(TreePath folder) throws IOException {
    try (Dir dir = folders.open(folder, Dir.Use.CONTENTS)) {
      dir.force();
    }
  }

  @Override
  public boolean canForceAll() {
    return folders.canForceAll();
  }

  @Override
  public void forceAll() throws IOException {
    if (!canForceAll()) {
      throw new TreeException(Problem.UNSUPPORTED, "/", "flushing all at once is not supported");
    }
    folders.forceAll();
  }

  @Override
  public Space space() throws IOException {
    return folders.space();
  }

  @Override
  public Tree below(TreePath folder) throws IOException {
    return new ConfinedTree(folders.below(folder));
  }

  @Override
  public void close() {
    staging.close();
    folders.close();
  }

  private Dir parentOf(TreePath path) throws IOException {
    return folders.open(path.parent(), Dir.Use.NAMES);
  }

  private static void requireBelowRoot(TreePath path, String reason) throws IOException {
    if (path.isRoot()) {
      throw new AccessDeniedException(path.toString(), null, reason);
    }
  }
}

package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A tree that does what another one does, but for what is overridden. */
public class TreeLayer implements Tree {
  private final Tree tree;

  /**
   * Over this tree, which is closed with it.
   *
   * @param tree does what is not overridden
   */
  protected TreeLayer(Tree tree) {
    this.tree = tree;
  }

  @Override
  public String confinement() {
    return tree.confinement();
  }

  @Override
  public Attributes stat(TreePath path) throws IOException {
    return tree.stat(path);
  }

  @Override
  public Listing list(TreePath folder) throws IOException {
    return tree.list(folder);
  }

  @Override
  public Listing listAll(TreePath folder) throws IOException {
    return tree.listAll(folder);
  }

  @Override
  public void makeFolder(TreePath path) throws IOException {
    tree.makeFolder(path);
  }

  @Override
  public void remove(TreePath path) throws IOException {
    tree.remove(path);
  }

  @Override
  public long removeAll(TreePath path) throws IOException {
    return tree.removeAll(path);
  }

  @Override
  public void rename(TreePath from, TreePath to) throws IOException {
    tree.rename(from, to);
  }

  @Override
  public Source open(TreePath path) throws IOException {
    return tree.open(path);
  }

  @Override
  public Staged stage() throws IOException {
    return tree.stage();
  }

  @Override
  public Staged stage(String name) throws IOException {
    return tree.stage(name);
  }

  @Override
  public List<String> staged() throws IOException {
    return tree.staged();
  }

  @Override
  public int collectStale(Duration age) throws IOException {
    return tree.collectStale(age);
  }

  @Override
  public void setFolderAttributes(TreePath folder, long mtimeNanos, int mode) throws IOException {
    tree.setFolderAttributes(folder, mtimeNanos, mode);
  }

  @Override
  public void force(TreePath folder) throws IOException {
    tree.force(folder);
  }

  @Override
  public boolean canForceAll() {
    return tree.canForceAll();
  }

  @Override
  public void forceAll() throws IOException {
    tree.forceAll();
  }

  @Override
  public Space space() throws IOException {
    return tree.space();
  }

  @Override
  public Tree below(TreePath folder) throws IOException {
    return tree.below(folder);
  }

  @Override
  public void close() {
    tree.close();
  }
}

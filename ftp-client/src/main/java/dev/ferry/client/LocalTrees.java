package dev.ferry.client;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Argument;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.LinkFollower;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The confined trees that local sources lie in: a folder is a tree of its own, a file lies in that
 * of its parent. Opened when first needed, closed together. Used by one thread at a time.
 */
final class LocalTrees implements LinkFollower, AutoCloseable {
  private static final String STRONG = "openat2";

  private final Map<Path, Tree> open = new HashMap<>();
  private final Map<Tree, Path> roots = new HashMap<>();
  private final JobListener listener;

  LocalTrees(JobListener listener) {
    this.listener = listener;
  }

  /** Opens a folder, with what confinement the system has; the caller closes it. */
  static Tree open(Path root, JobListener listener) throws IOException {
    Tree tree = Trees.open(root, true);
    if (!tree.confinement().equals(STRONG)) {
      listener.weaklyConfined(root);
    }
    return tree;
  }

  /** A source of a job; one that cannot be read is an argument too. */
  Argument argument(int index, LocalSource source) {
    String name = source.name();
    List<String> names = name.isEmpty() ? List.of() : List.of(name);
    try {
      BadLocalNameException.check(source.typed(), source.path());
      Argument.Found found =
          source.isLink() ? link(source.path()) : find(source.path(), source.mustBeFolder());
      return new Argument.Found(index, found.tree(), found.start(), names, source.matched());
    } catch (BadLocalNameException e) {
      return new Argument.Missing(index, names, new Reason(ErrorCode.BAD_NAME, e.getReason()));
    } catch (IOException e) {
      return new Argument.Missing(index, names, Errors.reason(e));
    }
  }

  @Override
  public Argument.Found follow(Tree tree, TreePath link) throws IOException {
    Path path = roots.get(tree);
    for (String name : link.components()) {
      path = path.resolve(name);
    }
    return find(path, false);
  }

  private Argument.Found find(Path path, boolean mustBeFolder) throws IOException {
    Path real = path.toRealPath();
    if (Files.isDirectory(real)) {
      return new Argument.Found(0, tree(real), TreePath.ROOT, List.of());
    }
    if (mustBeFolder) {
      throw new NotDirectoryException(path.toString());
    }
    return inParent(real.getParent(), real);
  }

  /** The link itself, whatever it leads to. */
  private Argument.Found link(Path path) throws IOException {
    return inParent(path.toAbsolutePath().getParent().toRealPath(), path);
  }

  private Argument.Found inParent(Path parent, Path path) throws IOException {
    TreePath start = TreePath.of(path.getFileName().toString());
    return new Argument.Found(0, tree(parent), start, List.of());
  }

  private Tree tree(Path root) throws IOException {
    Tree tree = open.get(root);
    if (tree == null) {
      tree = open(root, listener);
      open.put(root, tree);
      roots.put(tree, root);
    }
    return tree;
  }

  @Override
  public void close() {
    open.values().forEach(Tree::close);
  }
}

package dev.ferry.server;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.WireAttributes;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.store.Source;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The requests about single paths (spec 6.2 to 6.6). All of them block on the disk. What they
 * change is on disk when they return, unless the server promises nothing about that.
 */
final class TreeRequests {
  private final Tree tree;
  private final boolean durable;

  TreeRequests(Tree tree, Durability durability) {
    this.tree = tree;
    this.durable = durability != Durability.NONE;
  }

  Frame stat(Frame.Stat request) throws IOException {
    return new Frame.Attributes(WireAttributes.of(tree.stat(TreePath.of(request.path()))));
  }

  Frame makeFolder(Frame.MakeFolder request) throws IOException {
    TreePath path = TreePath.of(request.path());
    if (request.parents()) {
      return new Frame.Ok(makeWithParents(path));
    }
    if (path.isRoot()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    tree.makeFolder(path);
    force(path.parent());
    return new Frame.Ok(1);
  }

  /**
   * Makes a folder and those above it that are missing.
   *
   * @return how many were made
   */
  long makeWithParents(TreePath path) throws IOException {
    List<String> names = path.components();
    long made = 0;
    for (int depth = 1; depth <= names.size(); depth++) {
      made += makeIfMissing(TreePath.of(names.subList(0, depth))) ? 1 : 0;
    }
    return made;
  }

  /** The same without a promise about the disk. */
  static void makeMissing(Tree tree, TreePath path) throws IOException {
    new TreeRequests(tree, Durability.NONE).makeWithParents(path);
  }

  private boolean makeIfMissing(TreePath folder) throws IOException {
    try {
      tree.makeFolder(folder);
    } catch (FileAlreadyExistsException _) {
      if (!tree.stat(folder).isFolder()) {
        throw new NotDirectoryException(folder.toString());
      }
      return false;
    }
    force(folder.parent());
    return true;
  }

  Frame remove(Frame.Remove request) throws IOException {
    TreePath path = changeable(TreePath.of(request.path()));
    long removed = 1;
    if (tree.stat(path).isFolder()) {
      if (!request.recursive()) {
        throw new RefusedException(
            ErrorCode.IS_A_FOLDER, "is a folder, and only a recursive removal removes folders");
      }
      removed = tree.removeAll(path);
    } else {
      tree.remove(path);
    }
    force(path.parent());
    return new Frame.Ok(removed);
  }

  Frame rename(Frame.Rename request) throws IOException {
    TreePath from = changeable(TreePath.of(request.from()));
    TreePath to = changeable(target(request.to()));
    if (to.startsWith(from) && !to.equals(from)) {
      throw new RefusedException(ErrorCode.BAD_NAME, "a folder cannot be moved into itself");
    }
    tree.rename(from, to);
    force(to.parent());
    if (!to.parent().equals(from.parent())) {
      force(from.parent());
    }
    return new Frame.Ok(1);
  }

  Frame checksum(Frame.Checksum request) throws IOException {
    try (Source source = tree.open(TreePath.of(request.path()))) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = Buffers.CHUNKS.take();
      try {
        long position = 0;
        for (int count; (count = source.read(buffer.clear(), position)) > 0; position += count) {
          sha256.update(buffer.flip());
        }
      } finally {
        Buffers.CHUNKS.give(buffer);
      }
      if (!source.current().fingerprint().equals(source.attributes().fingerprint())) {
        throw new RefusedException(ErrorCode.SOURCE_CHANGED, ErrorCode.SOURCE_CHANGED.meaning());
      }
      return new Frame.Sum(source.attributes().size(), Bytes.of(sha256.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The second path of a request: ERROR can only point into the first (spec 9). */
  private static TreePath target(List<String> path) throws RefusedException {
    try {
      return TreePath.of(path);
    } catch (BadNameException e) {
      throw new RefusedException(ErrorCode.BAD_NAME, e.getMessage());
    }
  }

  private static TreePath changeable(TreePath path) throws RefusedException {
    if (path.isRoot()) {
      throw new RefusedException(
          ErrorCode.NO_PERMISSION, "the root itself cannot be removed or renamed");
    }
    return path;
  }

  private void force(TreePath folder) throws IOException {
    if (durable) {
      tree.force(folder);
    }
  }
}

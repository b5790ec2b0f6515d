package dev.ferry.transfer;

import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Tree;
import java.util.List;

/** One source of a job, on the sender's side. */
public sealed interface Argument {
  /** Its number in the job, from 0; arguments come in the order of their numbers. */
  int index();

  /**
   * A source that exists.
   *
   * @param tree where it lies; the sender does not close it
   * @param start the file or folder in the tree
   * @param name what its entries' paths begin with: one component, or none to merge a folder's
   *     content into the target
   * @param matched whether a pattern found it, and nobody named it: then a link or special file is
   *     treated like one in a folder
   */
  record Found(int index, Tree tree, TreePath start, List<String> name, boolean matched)
      implements Argument {
    /** One that was named. */
    public Found(int index, Tree tree, TreePath start, List<String> name) {
      this(index, tree, start, name, false);
    }
  }

  /**
   * A source that cannot be read.
   *
   * @param path what was asked for
   */
  record Missing(int index, List<String> path, Reason reason) implements Argument {}
}

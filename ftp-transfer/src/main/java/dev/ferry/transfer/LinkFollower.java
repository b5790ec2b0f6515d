package dev.ferry.transfer;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;

/** Finds what a link in a source leads to, for {@link LinkPolicy#FOLLOW}. */
@FunctionalInterface
public interface LinkFollower {
  /**
   * The file or folder behind a link; its index and name are not looked at. Whoever implements this
   * closes the tree it returns, after the job.
   */
  Argument.Found follow(Tree tree, TreePath link) throws IOException;
}

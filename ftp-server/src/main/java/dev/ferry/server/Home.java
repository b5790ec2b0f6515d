package dev.ferry.server;

import dev.ferry.transfer.Parts;
import dev.ferry.transfer.store.Tree;

/**
 * What is the root for somebody who logged in, closed when the last session there has ended.
 *
 * @param parts of this tree
 */
record Home(Tree tree, Parts parts) {
  Home(Tree tree) {
    this(tree, new Parts(tree));
  }
}

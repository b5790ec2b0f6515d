package dev.ferry.server;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Fingerprint;
import dev.ferry.transfer.store.Listing;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;

/** A tree in which every folder has many names, made up as they are read. */
final class ManyNames extends TreeLayer {
  private static final Attributes FILE =
      new Attributes(Attributes.Kind.FILE, 1, 0, 0644, Fingerprint.of(new byte[1]));

  private final int names;
  private final Gate gate;

  ManyNames(Tree tree, int names) {
    this(tree, names, null);
  }

  /** The gate stands before the last name of every folder. */
  ManyNames(Tree tree, int names, Gate gate) {
    super(tree);
    this.names = names;
    this.gate = gate;
  }

  @Override
  public Listing list(TreePath folder) {
    return new Listing() {
      private int next;

      @Override
      public Item next() {
        if (next == names) {
          return null;
        }
        if (next == names - 1 && gate != null) {
          gate.pass();
        }
        return new Entry("name-" + next++, FILE);
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}

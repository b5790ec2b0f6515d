package dev.ferry.server;

import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import java.io.IOException;

/** A tree in which STAT of "slow" waits for a gate. */
final class SlowStat extends TreeLayer {
  private final Gate gate;

  SlowStat(Tree tree, Gate gate) {
    super(tree);
    this.gate = gate;
  }

  @Override
  public Attributes stat(TreePath path) throws IOException {
    if (!path.name().equals("slow")) {
      return super.stat(path);
    }
    gate.pass();
    return super.stat(TreePath.ROOT);
  }
}

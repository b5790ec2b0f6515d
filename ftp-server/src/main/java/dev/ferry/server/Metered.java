package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Accounts;
import dev.ferry.transfer.login.Grant.Budget;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Source;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.StagedLayer;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A tree from and to which no more content moves than the budgets of a token allow. */
final class Metered extends TreeLayer {
  private final Accounts accounts;
  private final List<Budget> budgets;

  Metered(Tree tree, Accounts accounts, List<Budget> budgets) {
    super(tree);
    this.accounts = accounts;
    this.budgets = budgets;
  }

  private void spend(int bytes) throws IOException {
    int counted = 0;
    try {
      for (Budget budget : budgets) {
        long sum = accounts.spend(budget.name(), bytes);
        counted++;
        if (sum > budget.most()) {
          throw new RefusedException(
              ErrorCode.QUOTA,
              "the token may move %,d bytes in all, and has %,d of them left"
                  .formatted(budget.most(), Math.max(0, budget.most() - (sum - bytes))));
        }
      }
    } catch (IOException e) {
      for (Budget budget : budgets.subList(0, counted)) {
        accounts.spend(budget.name(), -bytes);
      }
      throw e;
    }
  }

  @Override
  public Source open(TreePath path) throws IOException {
    return new MeteredSource(super.open(path));
  }

  @Override
  public Staged stage() throws IOException {
    return new MeteredStaged(super.stage());
  }

  @Override
  public Staged stage(String name) throws IOException {
    return new MeteredStaged(super.stage(name));
  }

  private final class MeteredSource implements Source {
    private final Source source;

    MeteredSource(Source source) {
      this.source = source;
    }

    @Override
    public Attributes attributes() {
      return source.attributes();
    }

    @Override
    public Attributes current() throws IOException {
      return source.current();
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
      int read = source.read(buffer, position);
      spend(Math.max(0, read));
      return read;
    }

    @Override
    public void close() {
      source.close();
    }
  }

  private final class MeteredStaged extends StagedLayer {
    MeteredStaged(Staged staged) {
      super(staged);
    }

    @Override
    public void write(ByteBuffer buffer, long position) throws IOException {
      spend(buffer.remaining());
      super.write(buffer, position);
    }
  }
}

package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Accounts;
import dev.ferry.transfer.login.Grant.Budget;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Replace;
import dev.ferry.transfer.store.Source;
import dev.ferry.transfer.store.Staged;
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
    for (Budget budget : budgets) {
      if (accounts.spend(budget.name(), bytes) > budget.most()) {
        throw new RefusedException(
            ErrorCode.QUOTA,
            "the token may move %,d bytes, and they are used up".formatted(budget.most()));
      }
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

  private final class MeteredStaged implements Staged {
    private final Staged staged;

    MeteredStaged(Staged staged) {
      this.staged = staged;
    }

    @Override
    public String name() {
      return staged.name();
    }

    @Override
    public long size() throws IOException {
      return staged.size();
    }

    @Override
    public int read(ByteBuffer buffer, long position) throws IOException {
      return staged.read(buffer, position);
    }

    @Override
    public void write(ByteBuffer buffer, long position) throws IOException {
      spend(buffer.remaining());
      staged.write(buffer, position);
    }

    @Override
    public boolean lock() throws IOException {
      return staged.lock();
    }

    @Override
    public void truncate(long size) throws IOException {
      staged.truncate(size);
    }

    @Override
    public void setAttributes(long mtimeNanos, int mode) throws IOException {
      staged.setAttributes(mtimeNanos, mode);
    }

    @Override
    public void force() throws IOException {
      staged.force();
    }

    @Override
    public void publish(TreePath target, Replace how) throws IOException {
      staged.publish(target, how);
    }

    @Override
    public void keep() {
      staged.keep();
    }

    @Override
    public void close() {
      staged.close();
    }
  }
}

package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Space;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.StagedLayer;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tree that takes no new content once the disk is nearly full, so that clients do not take the
 * last of it from the server's own files and from the rest of the machine.
 */
final class DiskReserve extends TreeLayer {
  private final Gauge gauge;

  /**
   * Over a tree.
   *
   * @param bytes what is kept free; null: one percent of the file system, 1 GiB at most
   */
  DiskReserve(Tree tree, Long bytes) {
    this(tree, new Gauge(tree, bytes));
  }

  private DiskReserve(Tree tree, Gauge gauge) {
    super(tree);
    this.gauge = gauge;
  }

  @Override
  public Staged stage() throws IOException {
    gauge.claim(0);
    return new Guarded(super.stage());
  }

  @Override
  public Staged stage(String name) throws IOException {
    gauge.claim(0);
    return new Guarded(super.stage(name));
  }

  @Override
  public Tree below(TreePath folder) throws IOException {
    return new DiskReserve(super.below(folder), gauge);
  }

  private final class Guarded extends StagedLayer {
    Guarded(Staged staged) {
      super(staged);
    }

    @Override
    public void write(ByteBuffer buffer, long position) throws IOException {
      gauge.claim(buffer.remaining());
      super.write(buffer, position);
    }
  }

  /** Knows how much may still be written; looks again when that is used up, or a second old. */
  private static final class Gauge {
    private static final int PERCENT = 100;
    private static final long MOST = 1L << 30;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tree tree;
    private final Long reserve;
    private final AtomicLong left = new AtomicLong(-1);
    private volatile long looked = System.nanoTime();

    Gauge(Tree tree, Long reserve) {
      this.tree = tree;
      this.reserve = reserve;
    }

    void claim(int bytes) throws IOException {
      if (left.addAndGet(-bytes) < 0 || System.nanoTime() - looked > KEPT_NANOS) {
        look(bytes);
      }
    }

    private void look(int bytes) throws IOException {
      Space space = tree.space();
      long kept = reserve == null ? Math.min(MOST, space.total() / PERCENT) : reserve;
      long free = space.usable() - kept - bytes;
      left.set(free);
      looked = System.nanoTime();
      if (free < 0) {
        throw new RefusedException(
            ErrorCode.NO_SPACE,
            kept == 0
                ? "the server's disk is full"
                : "the server keeps the last %s of its disk free".formatted(Words.size(kept)));
      }
    }
  }
}

package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/**
 * A right to use a file descriptor. The descriptor is closed when the last right to it is given up
 * and no call uses it, never earlier: its number would soon belong to a stranger's file.
 */
final class Handle implements AutoCloseable {
  private final Descriptor descriptor;
  private final AtomicBoolean closed = new AtomicBoolean();

  Handle(int fd) {
    this(new Descriptor(fd, new AtomicInteger(1)));
  }

  private Handle(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** The descriptor, good until {@link #release}. */
  int acquire() throws ClosedChannelException {
    if (closed.get() || !descriptor.acquire()) {
      throw new ClosedChannelException();
    }
    return descriptor.fd;
  }

  void release() {
    descriptor.release();
  }

  /**
   * Makes a system call with the descriptor.
   *
   * @param path named by the exception if the call fails
   * @return its result, not negative
   */
  int run(IntUnaryOperator call, String path) throws IOException {
    int fd = acquire();
    try {
      return Errno.check(call.applyAsInt(fd), path);
    } finally {
      release();
    }
  }

  /** What is known about a name in the folder, or with an empty name about what is open. */
  Stat stat(String name, String path) throws IOException {
    int fd = acquire();
    try {
      Stat stat = Kernel.stat(fd, name);
      Errno.check(stat.error(), path);
      return stat;
    } finally {
      release();
    }
  }

  /** Another right to the same descriptor, to be closed on its own. */
  Handle share() throws ClosedChannelException {
    acquire();
    return new Handle(descriptor);
  }

  /** Idempotent. Calls that are under way end as usual; {@link #acquire} fails from now on. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      release();
    }
  }

  private record Descriptor(int fd, AtomicInteger users) {
    boolean acquire() {
      int now;
      do {
        now = users.get();
      } while (now != 0 && !users.compareAndSet(now, now + 1));
      return now != 0;
    }

    void release() {
      if (users.decrementAndGet() == 0) {
        Kernel.close(fd);
      }
    }
  }
}

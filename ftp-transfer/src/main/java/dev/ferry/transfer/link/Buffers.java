package dev.ferry.transfer.link;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers that are kept between jobs, because freeing one takes a garbage collection. An
 * idle connection holds none.
 */
public final class Buffers {
  /** For the content of files: 256 KiB. */
  public static final Buffers CHUNKS = new Buffers(256 << 10);

  /** For what a link collects before it writes, and reads ahead: 64 KiB. */
  static final Buffers LINKS = new Buffers(64 << 10);

  private static final int KEPT = 64;

  private final int size;
  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  private Buffers(int size) {
    this.size = size;
  }

  /** The capacity of each, in bytes. */
  public int size() {
    return size;
  }

  /** An empty buffer, big-endian. Give it back. */
  public ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocateDirect(size) : buffer.clear();
  }

  /** Gives a buffer back that came from {@link #take()} and that nobody uses any more. */
  public void give(ByteBuffer buffer) {
    if (free.size() < KEPT) {
      free.offer(buffer);
    }
  }
}

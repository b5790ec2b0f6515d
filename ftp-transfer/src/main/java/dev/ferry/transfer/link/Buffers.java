package dev.ferry.transfer.link;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct buffers of {@value #SIZE} bytes that are kept between jobs, because freeing one takes a
 * garbage collection. An idle connection holds none.
 */
public final class Buffers {
  public static final int SIZE = 256 << 10;
  private static final int KEPT = 64;
  private static final ConcurrentLinkedQueue<ByteBuffer> FREE = new ConcurrentLinkedQueue<>();

  private Buffers() {}

  /** An empty buffer: position 0, limit and capacity {@link #SIZE}, big-endian. Give it back. */
  public static ByteBuffer take() {
    ByteBuffer buffer = FREE.poll();
    return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
  }

  /** Gives a buffer back that came from {@link #take()} and that nobody uses any more. */
  public static void give(ByteBuffer buffer) {
    if (FREE.size() < KEPT) {
      FREE.offer(buffer);
    }
  }
}

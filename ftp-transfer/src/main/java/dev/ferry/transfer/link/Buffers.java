package dev.ferry.transfer.link;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Buffers that are kept between jobs, direct ones because freeing one takes a garbage collection.
 * An idle connection holds none.
 */
public final class Buffers {
  /** For the content of files: 256 KiB. */
  public static final Buffers CHUNKS = new Buffers(256 << 10, true);

  /** For what a link collects before it writes, and reads ahead: 64 KiB. */
  static final Buffers LINKS = new Buffers(64 << 10, true);

  /** For the records of TLS that share one write or read: 19 of them, 320 KiB. */
  static final Buffers RECORDS = new Buffers(320 << 10, true);

  /** The last two as arrays, for the engine of the JDK. */
  static final Buffers LINK_ARRAYS = new Buffers(64 << 10, false);

  static final Buffers RECORD_ARRAYS = new Buffers(320 << 10, false);

  private static final int KEPT = 64;

  private final int size;
  private final boolean direct;
  private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  private Buffers(int size, boolean direct) {
    this.size = size;
    this.direct = direct;
  }

  /** The capacity of each, in bytes. */
  public int size() {
    return size;
  }

  /** An empty buffer, big-endian. Give it back. */
  public ByteBuffer take() {
    ByteBuffer buffer = free.poll();
    if (buffer != null) {
      return buffer.clear();
    }
    return direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
  }

  /** Gives a buffer back that came from {@link #take()} and that nobody uses any more. */
  public void give(ByteBuffer buffer) {
    if (free.size() < KEPT) {
      free.offer(buffer);
    }
  }
}

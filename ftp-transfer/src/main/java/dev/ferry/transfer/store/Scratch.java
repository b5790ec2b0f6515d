package dev.ferry.transfer.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Native memory for the arguments of one system call at a time, taken from a pool and given back by
 * {@link #close}.
 *
 * <pre>
 *      0  the errno of the call
 *     64  a structure to or from the kernel, up to 512 bytes
 *   1024  first path and its NUL
 *   8192  second path and its NUL
 *  16384  entries of a folder, or bytes on their way to or from a heap buffer
 * </pre>
 */
final class Scratch implements AutoCloseable {
  static final int ERRNO = 0;
  static final int STRUCT = 64;
  static final int PATH = 1024;
  static final int OTHER_PATH = 8192;
  static final int BUFFER = 16384;
  static final int BUFFER_BYTES = 32768;

  private static final int POOLED = 64;
  private static final Queue<Scratch> POOL = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger IN_POOL = new AtomicInteger();

  /** The whole of it. */
  final MemorySegment memory = Arena.ofAuto().allocate(BUFFER + BUFFER_BYTES, 64);

  /** The part to be filled by {@code getdents64} or {@code pread64}. */
  final MemorySegment buffer = memory.asSlice(BUFFER, BUFFER_BYTES);

  private Scratch() {}

  static Scratch take() {
    Scratch pooled = POOL.poll();
    if (pooled == null) {
      return new Scratch();
    }
    IN_POOL.decrementAndGet();
    return pooled;
  }

  /** Puts a path, or one name, at an offset; returns its address. */
  long path(int offset, String path) {
    memory.setString(offset, path, StandardCharsets.UTF_8);
    return address(offset);
  }

  long address(int offset) {
    return memory.address() + offset;
  }

  @Override
  public void close() {
    if (IN_POOL.incrementAndGet() <= POOLED) {
      POOL.add(this);
    } else {
      IN_POOL.decrementAndGet();
    }
  }
}

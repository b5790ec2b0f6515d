package dev.ferry.transfer.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.FileSystemException;

/** A regular file as a descriptor. An interrupt does not close it, as it would a FileChannel. */
final class KernelFile implements Content {
  private final Handle handle;
  private final String path;
  private final Attributes attributes;

  private KernelFile(int fd, String path, Attributes attributes) {
    this.handle = new Handle(fd);
    this.path = path;
    this.attributes = attributes;
  }

  /** Takes over an open descriptor, and closes it if it is no regular file. */
  static KernelFile of(int fd, String path) throws IOException {
    try {
      return new KernelFile(fd, path, requireRegular(fd, path));
    } catch (Throwable t) {
      Kernel.close(fd);
      throw t;
    }
  }

  /** Opens for reading what an {@code O_PATH} descriptor stands for, once it proved regular. */
  static KernelFile reopen(int found, String path) throws IOException {
    Attributes attributes = requireRegular(found, path);
    int fd = Kernel.reopen(found);
    if (fd < 0) {
      throw Errno.exception(fd, path);
    }
    return new KernelFile(fd, path, attributes);
  }

  private static Attributes requireRegular(int fd, String path) throws IOException {
    Stat stat = Kernel.stat(fd, "");
    Errno.check(stat.error(), path);
    Attributes attributes = stat.attributes();
    Failures.requireRegular(attributes, path);
    return attributes;
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }

  @Override
  public Attributes current() throws IOException {
    return handle.stat("", path).attributes();
  }

  @Override
  public int read(ByteBuffer buffer, long position) throws IOException {
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    return move(Move.READ, buffer, position);
  }

  @Override
  public void write(ByteBuffer buffer, long position) throws IOException {
    move(Move.WRITE, buffer, position);
  }

  private enum Move {
    READ,
    WRITE;

    int call(int fd, long address, int count, long position) {
      return this == READ
          ? Kernel.read(fd, address, count, position)
          : Kernel.write(fd, address, count, position);
    }
  }

  /** Repeats until the buffer is used up or the file ends; returns the bytes moved. */
  private int move(Move move, ByteBuffer buffer, long position) throws IOException {
    int start = buffer.position();
    int fd = handle.acquire();
    try {
      while (buffer.hasRemaining()) {
        long at = position + buffer.position() - start;
        int moved = buffer.isDirect() ? direct(move, fd, buffer, at) : copied(move, fd, buffer, at);
        if (Errno.check(moved, path) == 0) {
          if (move == Move.WRITE) {
            throw new FileSystemException(path, null, "the file system takes no more bytes");
          }
          break;
        }
        buffer.position(buffer.position() + moved);
      }
      return buffer.position() - start;
    } finally {
      handle.release();
    }
  }

  private static int direct(Move move, int fd, ByteBuffer buffer, long position) {
    try {
      long address = MemorySegment.ofBuffer(buffer).address();
      return move.call(fd, address, buffer.remaining(), position);
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  private static int copied(Move move, int fd, ByteBuffer buffer, long position) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment heap = MemorySegment.ofBuffer(buffer);
      int count = Math.min(buffer.remaining(), Scratch.BUFFER_BYTES);
      if (move == Move.WRITE) {
        MemorySegment.copy(heap, 0, scratch.buffer, 0, count);
      }
      int moved = move.call(fd, scratch.buffer.address(), count, position);
      if (move == Move.READ && moved > 0) {
        MemorySegment.copy(scratch.buffer, 0, heap, 0, moved);
      }
      return moved;
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    handle.run(fd -> Kernel.truncate(fd, size), path);
  }

  @Override
  public boolean lock() throws IOException {
    int fd = handle.acquire();
    try {
      int result = Kernel.lock(fd);
      return result != -Errno.EAGAIN && Errno.check(result, path) == 0;
    } finally {
      handle.release();
    }
  }

  @Override
  public void setAttributes(long mtimeNanos, int mode) throws IOException {
    handle.run(fd -> Kernel.setTime(fd, mtimeNanos), path);
    handle.run(fd -> Kernel.setMode(fd, mode), path);
  }

  @Override
  public void force() throws IOException {
    handle.run(Kernel::force, path);
  }

  @Override
  public void close() {
    handle.close();
  }
}

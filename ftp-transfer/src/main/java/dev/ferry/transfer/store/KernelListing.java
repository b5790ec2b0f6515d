package dev.ferry.transfer.store;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The entries of a folder by getdents64(2), each looked at with statx(2). */
final class KernelListing implements Listing {
  private static final int LENGTH_AT = 16;
  private static final int NAME_AT = 19;

  private final Handle folder;
  private final String path;
  private final ReentrantLock lock = new ReentrantLock();
  private Scratch scratch = Scratch.take();
  private int filled;
  private int offset;

  /**
   * @param folder closed with this
   * @param path as the user knows it
   */
  KernelListing(Handle folder, String path) {
    this.folder = folder;
    this.path = path;
  }

  @Override
  public Item next() throws IOException {
    lock.lock();
    try {
      if (scratch == null) {
        throw new ClosedChannelException();
      }
      while (offset < filled || fill()) {
        byte[] name = nextName();
        if (!isSelfOrParent(name)) {
          return item(name);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean fill() throws IOException {
    int result = folder.run(fd -> orEnd(Kernel.entries(fd, scratch)), path);
    filled = result;
    offset = 0;
    return result > 0;
  }

  /** A folder that was removed meanwhile has no more entries. */
  private static int orEnd(int result) {
    return result == -Errno.ENOENT ? 0 : result;
  }

  private byte[] nextName() {
    int start = offset + NAME_AT;
    offset += Short.toUnsignedInt(scratch.buffer.get(JAVA_SHORT_UNALIGNED, offset + LENGTH_AT));
    int end = start;
    while (scratch.buffer.get(JAVA_BYTE, end) != 0) {
      end++;
    }
    return scratch.buffer.asSlice(start, end - start).toArray(JAVA_BYTE);
  }

  private static boolean isSelfOrParent(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  private Item item(byte[] bytes) {
    String name = Names.decode(bytes);
    if (name == null) {
      return Names.unreadable(new String(bytes, StandardCharsets.UTF_8));
    }
    try {
      return new Entry(name, folder.stat(name, Names.join(path, name)).attributes());
    } catch (IOException e) {
      return new Unreadable(name, e);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (scratch != null) {
        folder.close();
        scratch.close();
        scratch = null;
      }
    } finally {
      lock.unlock();
    }
  }
}

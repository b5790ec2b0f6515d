package dev.ferry.transfer.store;

import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.function.IntUnaryOperator;

/** A folder as a descriptor; every operation is one system call relative to it. */
final class KernelDir implements Dir {
  private static final int SPECIAL_BITS = 07000;

  private final Handle handle;
  private final String path;

  /**
   * @param handle closed with this
   * @param path as the user knows it
   */
  KernelDir(Handle handle, String path) {
    this.handle = handle;
    this.path = path;
  }

  private Stat status(String name) throws IOException {
    return handle.stat(name, pathOf(name));
  }

  @Override
  public Dir share() throws IOException {
    return new KernelDir(handle.share(), path);
  }

  @Override
  public Attributes stat() throws IOException {
    return status("").attributes();
  }

  @Override
  public Attributes stat(String name) throws IOException {
    return status(name).attributes();
  }

  @Override
  public long changeNanos(String name) throws IOException {
    return status(name).changeNanos();
  }

  @Override
  public Listing list() throws IOException {
    return new KernelListing(handle.share(), path);
  }

  @Override
  public void makeFolder(String name) throws IOException {
    handle.run(fd -> Kernel.makeFolder(fd, name, 0777), pathOf(name));
  }

  @Override
  public void makePrivateFolder(String name) throws IOException {
    handle.run(fd -> Kernel.makeFolder(fd, name, 0700), pathOf(name));
  }

  @Override
  public void remove(String name) throws IOException {
    handle.run(
        fd -> {
          int result = Kernel.removeFile(fd, name);
          return result == -Errno.EISDIR ? Kernel.removeFolder(fd, name) : result;
        },
        pathOf(name));
  }

  @Override
  public void rename(String name, Dir to, String newName) throws IOException {
    int result = both(to, (fd, other) -> Kernel.rename(fd, name, other, newName));
    if (result < 0) {
      throw moveFailed(result, name, to, newName);
    }
  }

  @Override
  public boolean renameNoReplace(String name, Dir to, String newName) throws IOException {
    int result = both(to, (fd, other) -> Kernel.renameNoReplace(fd, name, other, newName));
    if (result < 0 && result != -Errno.EINVAL) {
      throw moveFailed(result, name, to, newName);
    }
    return result == 0;
  }

  @Override
  public void link(String name, Dir to, String newName) throws IOException {
    int result = both(to, (fd, other) -> Kernel.link(fd, name, other, newName));
    if (result == -Errno.EPERM) {
      throw new TreeException(
          Problem.UNSUPPORTED,
          to.pathOf(newName),
          "this file system can neither rename without replacing nor make hard links");
    }
    if (result < 0) {
      throw moveFailed(result, name, to, newName);
    }
  }

  /** A system call on this folder and another. */
  private interface BothOperation {
    int call(int fd, int other);
  }

  private int both(Dir to, BothOperation operation) throws IOException {
    Handle other = ((KernelDir) to).handle;
    int fd = handle.acquire();
    try {
      int otherFd = other.acquire();
      try {
        return operation.call(fd, otherFd);
      } finally {
        other.release();
      }
    } finally {
      handle.release();
    }
  }

  /** Finds out which of the two names is to blame. */
  private FileSystemException moveFailed(int result, String name, Dir to, String newName)
      throws IOException {
    if (result == -Errno.ENOENT) {
      status(name);
      return Errno.exception(result, to.pathOf(""));
    }
    return Errno.exception(result, to.pathOf(newName));
  }

  @Override
  public Dir open(String name) throws IOException {
    int flags = Kernel.O_RDONLY | Kernel.O_DIRECTORY;
    int fd = handle.run(within -> Kernel.open(within, name, flags, 0), pathOf(name));
    return new KernelDir(new Handle(fd), pathOf(name));
  }

  @Override
  public Content create(String name) throws IOException {
    return openForWriting(name, Kernel.O_CREAT | Kernel.O_EXCL);
  }

  @Override
  public Content openOrCreate(String name) throws IOException {
    return openForWriting(name, Kernel.O_CREAT);
  }

  private Content openForWriting(String name, int flags) throws IOException {
    int fd =
        handle.run(within -> Kernel.open(within, name, Kernel.O_RDWR | flags, 0600), pathOf(name));
    return KernelFile.of(fd, pathOf(name));
  }

  @Override
  public void setAttributes(long mtimeNanos, int mode) throws IOException {
    int kept = status("").mode() & SPECIAL_BITS;
    handle.run(fd -> Kernel.setTime(fd, mtimeNanos), path);
    handle.run(fd -> Kernel.setMode(fd, kept | mode), path);
  }

  @Override
  public boolean isPrivate() throws IOException {
    Stat stat = status("");
    return stat.user() == Kernel.userId() && (stat.mode() & 077) == 0;
  }

  /** What fails is a file system without such locks. */
  @Override
  public void use() throws IOException {
    lock(Kernel::lockShared);
  }

  @Override
  public boolean claim() throws IOException {
    return lock(Kernel::lock);
  }

  private boolean lock(IntUnaryOperator call) throws IOException {
    int fd = handle.acquire();
    try {
      return call.applyAsInt(fd) == 0;
    } finally {
      handle.release();
    }
  }

  @Override
  public void force() throws IOException {
    handle.run(Kernel::force, path);
  }

  @Override
  public String pathOf(String name) {
    if (name.isEmpty()) {
      return path;
    }
    return Names.join(path, name);
  }

  @Override
  public void close() {
    handle.close();
  }
}

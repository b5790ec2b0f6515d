package dev.ferry.transfer.store;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * System calls of Linux, all through the one foreign function {@code syscall(2)}: numbers and
 * structures are the kernel's promise and the same under every C library. A call returns its
 * result, or minus the error number ({@link Errno}); one that a signal interrupted is repeated.
 *
 * <p>Paths are relative to a descriptor, except in {@link #openRoot} and {@link #reopen}.
 */
final class Kernel {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_PATH = 0x200000;
  static final int O_DIRECTORY = Call.O_DIRECTORY;
  static final int O_NOFOLLOW = Call.O_NOFOLLOW;
  private static final int MAX_ARGUMENTS = 5;
  private static final int O_CLOEXEC = 0x80000;

  private static final long RESOLVE_NO_XDEV = 1;
  private static final long RESOLVE_NO_SYMLINKS = 4;
  private static final long RESOLVE_BENEATH = 8;
  private static final long CONFINED = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
  private static final int HOW_BYTES = 24;

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int AT_NO_AUTOMOUNT = 0x800;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int STATX_BASIC_STATS = 0x7ff;
  private static final int LOCK_SH = 1;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int RENAME_NOREPLACE = 1;
  private static final int UTIME_OMIT = (1 << 30) - 2;
  private static final int NANOS = 1_000_000_000;
  private static final long FUSE_MAGIC = 0x65735546;

  private static final MethodHandle SYSCALL = link();

  private Kernel() {}

  @SuppressWarnings("restricted")
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type =
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        type,
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  /** Makes a call with up to five arguments; those that are left out are zero. */
  private static int call(Scratch scratch, Call call, long... args) {
    try {
      long[] all = Arrays.copyOf(args, MAX_ARGUMENTS);
      long result;
      do {
        result =
            (long)
                SYSCALL.invokeExact(
                    scratch.memory, call.number(), all[0], all[1], all[2], all[3], all[4]);
        if (result == -1) {
          result = -scratch.memory.get(JAVA_INT, Scratch.ERRNO);
        }
      } while (result == -Errno.EINTR && call != Call.CLOSE);
      return (int) result;
    } catch (Throwable t) {
      throw new AssertionError("syscall(2) cannot be called", t);
    }
  }

  private static int call(Call call, long... args) {
    try (Scratch scratch = Scratch.take()) {
      return call(scratch, call, args);
    }
  }

  /** Opens the folder at an absolute path that holds no link. */
  static int openRoot(String path) {
    return open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0, RESOLVE_NO_SYMLINKS);
  }

  /** Opens a path below a folder, refusing links, other file systems and every way out. */
  static int open(int folder, String path, int flags, int mode) {
    return open(folder, path, flags, mode, CONFINED);
  }

  /** Opens for reading what an {@code O_PATH} descriptor stands for. */
  static int reopen(int fd) {
    return open(AT_FDCWD, "/proc/self/fd/" + fd, O_RDONLY, 0, 0);
  }

  private static int open(int folder, String path, int flags, int mode, long resolve) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment how = scratch.memory;
      how.set(JAVA_LONG, Scratch.STRUCT, flags | O_CLOEXEC);
      how.set(JAVA_LONG, Scratch.STRUCT + 8, mode);
      how.set(JAVA_LONG, Scratch.STRUCT + 16, resolve);
      long name = scratch.path(Scratch.PATH, path);
      long struct = scratch.address(Scratch.STRUCT);
      return call(scratch, Call.OPENAT2, folder, name, struct, HOW_BYTES);
    }
  }

  static void close(int fd) {
    call(Call.CLOSE, fd);
  }

  /** Asks about a name in a folder, or with an empty name about the descriptor itself. */
  static Stat stat(int fd, String name) {
    try (Scratch scratch = Scratch.take()) {
      int flags = AT_NO_AUTOMOUNT | (name.isEmpty() ? AT_EMPTY_PATH : AT_SYMLINK_NOFOLLOW);
      long path = scratch.path(Scratch.PATH, name);
      long struct = scratch.address(Scratch.STRUCT);
      int error = call(scratch, Call.STATX, fd, path, flags, STATX_BASIC_STATS, struct);
      return error == 0 ? Stat.decode(scratch.memory.asSlice(Scratch.STRUCT)) : Stat.failed(error);
    }
  }

  /** Reads as many entries of a folder as fit into {@link Scratch#BUFFER}; returns their bytes. */
  static int entries(int folder, Scratch scratch) {
    long buffer = scratch.address(Scratch.BUFFER);
    return call(scratch, Call.GETDENTS64, folder, buffer, Scratch.BUFFER_BYTES);
  }

  static int makeFolder(int folder, String name, int mode) {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.path(Scratch.PATH, name);
      return call(scratch, Call.MKDIRAT, folder, path, mode);
    }
  }

  static int removeFile(int folder, String name) {
    return unlink(folder, name, 0);
  }

  static int removeFolder(int folder, String name) {
    return unlink(folder, name, AT_REMOVEDIR);
  }

  private static int unlink(int folder, String name, int flags) {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.path(Scratch.PATH, name);
      return call(scratch, Call.UNLINKAT, folder, path, flags);
    }
  }

  /** Gives a file or link a second name; never replaces. */
  static int link(int from, String name, int to, String newName) {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.path(Scratch.PATH, name);
      long newPath = scratch.path(Scratch.OTHER_PATH, newName);
      return call(scratch, Call.LINKAT, from, path, to, newPath);
    }
  }

  /** Renames, replacing a file, link or empty folder. */
  static int rename(int from, String name, int to, String newName) {
    return rename(0, from, name, to, newName);
  }

  /** Renames unless the new name is taken; {@link Errno#EINVAL} where that is not supported. */
  static int renameNoReplace(int from, String name, int to, String newName) {
    return rename(RENAME_NOREPLACE, from, name, to, newName);
  }

  private static int rename(int flags, int from, String name, int to, String newName) {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.path(Scratch.PATH, name);
      long newPath = scratch.path(Scratch.OTHER_PATH, newName);
      return call(scratch, Call.RENAMEAT2, from, path, to, newPath, flags);
    }
  }

  /** Reads to an address; a short count is no error. */
  static int read(int fd, long address, int count, long position) {
    try (Scratch scratch = Scratch.take()) {
      return call(scratch, Call.PREAD64, fd, address, count, position);
    }
  }

  /** Writes from an address; a short count is no error. */
  static int write(int fd, long address, int count, long position) {
    try (Scratch scratch = Scratch.take()) {
      return call(scratch, Call.PWRITE64, fd, address, count, position);
    }
  }

  static int truncate(int fd, long size) {
    return call(Call.FTRUNCATE, fd, size);
  }

  /** Takes flock(2)'s exclusive lock at once; {@link Errno#EAGAIN} if somebody has one. */
  static int lock(int fd) {
    return call(Call.FLOCK, fd, LOCK_EX | LOCK_NB);
  }

  /** Takes flock(2)'s shared lock; waits while somebody has the exclusive one. */
  static int lockShared(int fd) {
    return call(Call.FLOCK, fd, LOCK_SH);
  }

  static int setMode(int fd, int mode) {
    return call(Call.FCHMOD, fd, mode);
  }

  /** Sets the time of the last change and leaves that of the last access. */
  static int setTime(int fd, long mtimeNanos) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment times = scratch.memory;
      times.set(JAVA_LONG, Scratch.STRUCT + 8, UTIME_OMIT);
      times.set(JAVA_LONG, Scratch.STRUCT + 16, Math.floorDiv(mtimeNanos, NANOS));
      times.set(JAVA_LONG, Scratch.STRUCT + 24, Math.floorMod(mtimeNanos, NANOS));
      return call(scratch, Call.UTIMENSAT, fd, 0, scratch.address(Scratch.STRUCT));
    }
  }

  static int force(int fd) {
    return call(Call.FSYNC, fd);
  }

  static int forceAll(int fd) {
    return call(Call.SYNCFS, fd);
  }

  /** Describes the file system of a descriptor at {@link Scratch#STRUCT}. */
  static int fileSystem(Scratch scratch, int fd) {
    return call(scratch, Call.FSTATFS, fd, scratch.address(Scratch.STRUCT));
  }

  /**
   * Whether syncfs reports failed writes (Linux 5.8 and newer, told by a call of that version) and
   * reaches the disk (not through FUSE, whose servers do not hear of it).
   */
  static boolean canForceAll(int fd) {
    try (Scratch scratch = Scratch.take()) {
      long here = scratch.path(Scratch.PATH, ".");
      return call(scratch, Call.FACCESSAT2, fd, here) == 0
          && fileSystem(scratch, fd) == 0
          && scratch.memory.get(JAVA_LONG, Scratch.STRUCT) != FUSE_MAGIC;
    }
  }

  static int userId() {
    return call(Call.GETEUID);
  }
}

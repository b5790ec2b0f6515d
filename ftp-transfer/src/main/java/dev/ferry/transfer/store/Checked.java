package dev.ferry.transfer.store;

import dev.ferry.transfer.store.TreeException.Problem;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Plain paths, and what the JDK says about them in terms of the tree. */
final class Checked {
  private static final String ASKED = "unix:mode,uid,dev,ino,size,lastModifiedTime,ctime";

  private static final int SPECIAL_BITS = 07000;
  private static final int NANOS = 1_000_000_000;

  private Checked() {}

  /** A name in a folder, if the system can express it as one. */
  static Path child(Path folder, String name, String text) throws TreeException {
    try {
      Path child = folder.resolve(name);
      if (folder.equals(child.getParent()) && child.getFileName().toString().equals(name)) {
        return child;
      }
    } catch (InvalidPathException e) {
      throw new TreeException(Problem.BAD_NAME, text);
    }
    throw new TreeException(Problem.BAD_NAME, text);
  }

  static Stat stat(Path path, String text) throws IOException {
    Map<String, Object> found =
        attempt(text, () -> Files.readAttributes(path, ASKED, LinkOption.NOFOLLOW_LINKS));
    return new Stat(
        0,
        (int) found.get("mode"),
        (int) found.get("uid"),
        (long) found.get("dev"),
        (long) found.get("ino"),
        (long) found.get("size"),
        nanos(found.get("lastModifiedTime")),
        nanos(found.get("ctime")));
  }

  /** Sets time and permission bits; other bits stay. */
  static void setAttributes(Path path, String text, long mtimeNanos, int mode) throws IOException {
    int kept = stat(path, text).mode() & SPECIAL_BITS;
    FileTime time = time(mtimeNanos);
    run(
        text,
        () -> {
          Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .setTimes(time, null, null);
          Files.setAttribute(path, "unix:mode", kept | mode, LinkOption.NOFOLLOW_LINKS);
        });
  }

  /** Before 1970 in whole seconds: the JDK turns a fraction there into 1970. */
  private static FileTime time(long nanos) {
    return nanos < 0
        ? FileTime.from(Math.floorDiv(nanos, NANOS), TimeUnit.SECONDS)
        : FileTime.from(nanos, TimeUnit.NANOSECONDS);
  }

  private static long nanos(Object time) {
    return ((FileTime) time).to(TimeUnit.NANOSECONDS);
  }

  /** An operation of the JDK. */
  interface Operation<T> {
    T run() throws IOException;
  }

  /** Runs an operation whose failure names the path as the user knows it. */
  static <T> T attempt(String text, Operation<T> operation) throws IOException {
    try {
      return operation.run();
    } catch (IOException e) {
      throw translate(e, text);
    } catch (UnsupportedOperationException e) {
      throw new TreeException(Problem.UNSUPPORTED, text);
    }
  }

  /** An operation of the JDK without a result. */
  interface Action {
    void run() throws IOException;
  }

  static void run(String text, Action action) throws IOException {
    attempt(
        text,
        () -> {
          action.run();
          return text;
        });
  }

  private static IOException translate(IOException e, String text) {
    return switch (e) {
      case NoSuchFileException _ -> Failures.notFound(text);
      case FileAlreadyExistsException _ -> Errno.exception(-Errno.EEXIST, text);
      case DirectoryNotEmptyException _ -> Errno.exception(-Errno.ENOTEMPTY, text);
      case NotDirectoryException _ -> Failures.notAFolder(text);
      case AccessDeniedException _ -> Errno.exception(-Errno.EACCES, text);
      case AtomicMoveNotSupportedException _ -> Errno.exception(-Errno.EXDEV, text);
      case ClosedChannelException closed -> closed;
      case FileSystemException failure -> fromWords(failure.getReason(), text);
      default -> fromWords(e.getMessage(), text);
    };
  }

  /** For most errors the JDK has no type and repeats the words of the C library. */
  private static IOException fromWords(String words, String text) {
    return switch (words) {
      case "Is a directory" -> Errno.exception(-Errno.EISDIR, text);
      case "Not a directory" -> Errno.exception(-Errno.ENOTDIR, text);
      case "File name too long" -> Errno.exception(-Errno.ENAMETOOLONG, text);
      case "No space left on device" -> Errno.exception(-Errno.ENOSPC, text);
      case "Disk quota exceeded" -> Errno.exception(-Errno.EDQUOT, text);
      case "Operation not permitted" -> Errno.exception(-Errno.EPERM, text);
      case "Read-only file system" -> Errno.exception(-Errno.EROFS, text);
      case "Directory not empty" -> Errno.exception(-Errno.ENOTEMPTY, text);
      case null, default -> new FileSystemException(text, null, words);
    };
  }
}

package dev.ferry.transfer.store;

import dev.ferry.transfer.store.TreeException.Problem;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

/** The error numbers of Linux that mean something here, and the exceptions they become. */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int EEXIST = 17;
  static final int EXDEV = 18;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int EFBIG = 27;
  static final int ENOSPC = 28;
  static final int EROFS = 30;
  static final int EMLINK = 31;
  static final int ENAMETOOLONG = 36;
  static final int ENOSYS = 38;
  static final int ENOTEMPTY = 39;
  static final int ELOOP = 40;
  static final int EILSEQ = 84;
  static final int EDQUOT = 122;

  private Errno() {}

  /** Returns the result of a call, if it is not negative. */
  static int check(int result, String path) throws FileSystemException {
    if (result < 0) {
      throw exception(result, path);
    }
    return result;
  }

  /**
   * The exception for a failed call.
   *
   * @param result minus the error number
   * @param path as the user knows it
   */
  static FileSystemException exception(int result, String path) {
    return switch (-result) {
      case ENOENT -> Failures.notFound(path);
      case EEXIST -> new FileAlreadyExistsException(path, null, "exists already");
      case ENOTEMPTY -> Failures.notEmpty(path, "the folder is not empty");
      case ENOTDIR -> Failures.notAFolder(path);
      case EACCES, EPERM -> new AccessDeniedException(path, null, "no permission");
      case EROFS -> new AccessDeniedException(path, null, "the file system is read-only");
      case EISDIR -> new TreeException(Problem.IS_A_FOLDER, path);
      case ELOOP -> new TreeException(Problem.LINK, path);
      case EXDEV -> new TreeException(Problem.OTHER_FILE_SYSTEM, path);
      case ENAMETOOLONG, EILSEQ -> new TreeException(Problem.BAD_NAME, path);
      case ENOSPC -> new TreeException(Problem.NO_SPACE, path);
      case EDQUOT -> new TreeException(Problem.QUOTA, path);
      default -> new FileSystemException(path, null, text(-result));
    };
  }

  private static String text(int errno) {
    return switch (errno) {
      case EIO -> "the disk reports an input/output error";
      case EBUSY -> "is in use by the system";
      case EINVAL -> "the file system refuses the request";
      case EMFILE, ENFILE -> "too many open files; raise the limit (ulimit -n) or do less at once";
      case EFBIG -> "is larger than the file system allows";
      case EMLINK -> "the folder holds as many folders as the file system allows";
      default -> "system error " + errno;
    };
  }
}

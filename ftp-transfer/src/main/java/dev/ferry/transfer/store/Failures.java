package dev.ferry.transfer.store;

import dev.ferry.transfer.store.TreeException.Problem;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * The exceptions of {@code java.nio.file}, with a reason also where their constructors take none.
 */
final class Failures {
  private Failures() {}

  /** Refuses all but regular files, each kind with its own words. */
  static void requireRegular(Attributes found, String path) throws TreeException {
    switch (found.kind()) {
      case FILE -> {}
      case FOLDER -> throw new TreeException(Problem.IS_A_FOLDER, path);
      case LINK -> throw new TreeException(Problem.LINK, path);
      case OTHER -> throw new TreeException(Problem.NOT_REGULAR, path);
    }
  }

  /** Refuses all but folders. */
  static void requireFolder(Attributes found, String path) throws FileSystemException {
    switch (found.kind()) {
      case FOLDER -> {}
      case LINK -> throw new TreeException(Problem.LINK, path);
      case FILE, OTHER -> throw notAFolder(path);
    }
  }

  static NoSuchFileException notFound(String path) {
    return new NoSuchFileException(path, null, "no such file or folder");
  }

  static NotDirectoryException notAFolder(String path) {
    return new NotAFolder(path);
  }

  static DirectoryNotEmptyException notEmpty(String path, String reason) {
    return new NotEmpty(path, reason);
  }

  private static final class NotAFolder extends NotDirectoryException {
    private static final long serialVersionUID = 1L;

    NotAFolder(String path) {
      super(path);
    }

    @Override
    public String getReason() {
      return "is not a folder";
    }
  }

  private static final class NotEmpty extends DirectoryNotEmptyException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotEmpty(String path, String reason) {
      super(path);
      this.reason = reason;
    }

    @Override
    public String getReason() {
      return reason;
    }
  }
}

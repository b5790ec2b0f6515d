package dev.ferry.transfer.store;

import java.nio.file.FileSystemException;

/** A failure in a tree for which {@code java.nio.file} has no type. */
public final class TreeException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for programs. */
  public enum Problem {
    /** A link, or a path through one. */
    LINK("is a link; Ferry does not follow links"),
    IS_A_FOLDER("is a folder"),
    NOT_REGULAR("is not a regular file"),
    OTHER_FILE_SYSTEM("is on another file system; Ferry does not leave the one of its root"),
    /** The file system here cannot hold the name. */
    BAD_NAME("has a name that this file system does not accept"),
    NO_SPACE("no space left on the disk"),
    QUOTA("the disk quota is used up"),
    /** The staging folder is not one that only this user can write to. */
    STAGING("is not safe to use"),
    UNSUPPORTED("is not supported here");

    private final String meaning;

    Problem(String meaning) {
      this.meaning = meaning;
    }
  }

  private final Problem problem;

  TreeException(Problem problem, String path) {
    this(problem, path, problem.meaning);
  }

  TreeException(Problem problem, String path, String reason) {
    super(path, null, reason);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}

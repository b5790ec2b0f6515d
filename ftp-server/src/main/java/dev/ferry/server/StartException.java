package dev.ferry.server;

import java.io.IOException;

/** A server cannot start. The message says what is wrong and what to do about it. */
public final class StartException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for programs. */
  public enum Problem {
    /** Something that has to be said was not, or does not fit together. */
    USAGE,
    /** The address cannot be listened on. */
    ADDRESS,
    /** The root cannot or must not be served. */
    ROOT,
    /** The server's own files cannot be used. */
    STATE
  }

  private final Problem problem;

  StartException(Problem problem, String message) {
    this(problem, message, null);
  }

  StartException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}

package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;

/** What a person can do about a failure. */
final class Hints {
  private Hints() {}

  /**
   * Words to end a message with, or nothing.
   *
   * @param shell whether commands go without {@code ferry}
   */
  static String next(String op, Failure failure, boolean shell) {
    ErrorCode code = failure.reason() == null ? null : failure.reason().known();
    return switch (code) {
      case NOT_FOUND ->
          failure.code() == ExitCode.LOCAL
              ? "check the name and the current folder"
              : "see what is there with: " + (shell ? "ls" : "ferry ls");
      case EXISTS -> exists(op);
      case IS_A_FOLDER -> op.equals("rm") ? "-r removes folders" : "";
      case NO_SPACE, QUOTA -> "make room and run the same command again";
      case SOURCE_CHANGED -> "run the same command again when nobody writes to it";
      case BAD_HASH -> "run the same command again";
      case NO_PERMISSION ->
          failure.code() == ExitCode.LOCAL
              ? "check its permissions"
              : "ask whoever runs the server";
      case null, default -> "";
    };
  }

  private static String exists(String op) {
    return switch (op) {
      case "get", "put" -> "--overwrite newer or always replaces it";
      case "mkdir" -> "-p accepts a folder that exists";
      case "mv" -> "a slash at the end of the target moves into it";
      default -> "";
    };
  }
}

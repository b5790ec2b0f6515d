package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;

/** What a person can do about a failure. */
final class Hints {
  private static final String NEVER_REPLACED =
      "that is never replaced: move it or choose another target";

  private static final String MAKE_ROOM = "make room and run the same command again";

  private Hints() {}

  /**
   * Words to end a message with; nothing if there is no advice, or the message ends with its own.
   *
   * @param shell whether commands go without {@code ferry}
   */
  static String next(String op, Failure failure, boolean shell) {
    ErrorCode code = failure.reason() == null ? null : failure.reason().known();
    if (failure.text().contains("; ")) {
      return "";
    }
    return switch (code) {
      case NOT_FOUND ->
          failure.code() != ExitCode.LOCAL
              ? "see what is there with: " + (shell ? "ls" : "ferry ls")
              : isAtTarget(op, failure)
                  ? "nothing can be made there: choose another folder"
                  : "check the name and the current folder";
      case EXISTS -> exists(op);
      case IS_A_FOLDER -> folder(op, failure);
      case LINK -> link(op, failure);
      case NOT_REGULAR -> isAtTarget(op, failure) ? NEVER_REPLACED : "";
      case BAD_NAME -> isTransfer(op) ? "with another name or a shorter path it goes along" : "";
      case NO_SPACE -> MAKE_ROOM;
      case QUOTA ->
          failure.text().startsWith("the token")
              ? "ask whoever gave it to you for another one"
              : MAKE_ROOM;
      case SOURCE_CHANGED -> "run the same command again when nobody writes to it";
      case BAD_HASH -> "run the same command again";
      case NO_PERMISSION ->
          failure.code() == ExitCode.LOCAL
              ? isAtTarget(op, failure)
                  ? "check the permissions of the folder it goes to"
                  : "check its permissions"
              : "ask whoever runs the server";
      case null, default -> "";
    };
  }

  /** Whether it is about what stands where something was to go, and not about its source. */
  private static boolean isAtTarget(String op, Failure failure) {
    return switch (op) {
      case "get", "mget" -> failure.code() == ExitCode.LOCAL;
      case "put", "mput" -> failure.code() == ExitCode.REFUSED;
      default -> false;
    };
  }

  private static String folder(String op, Failure failure) {
    return switch (op) {
      case "rm" -> "-r removes folders";
      case "cat" -> "get -r brings it with all it holds";
      default -> isAtTarget(op, failure) ? NEVER_REPLACED : "";
    };
  }

  private static String link(String op, Failure failure) {
    if (isAtTarget(op, failure)) {
      return NEVER_REPLACED;
    }
    return op.endsWith("put") ? "--links follow sends what it leads to" : "";
  }

  private static boolean isTransfer(String op) {
    return op.endsWith("get") || op.endsWith("put");
  }

  private static String exists(String op) {
    return switch (op) {
      case "get", "put", "mget", "mput" -> "--overwrite newer or always replaces it";
      case "mkdir" -> "-p accepts a folder that exists";
      case "mv" -> "if that is a folder, a slash at the end of the target moves into it";
      default -> "";
    };
  }
}

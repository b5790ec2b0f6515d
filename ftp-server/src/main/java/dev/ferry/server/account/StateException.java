package dev.ferry.server.account;

import java.io.IOException;

/**
 * The server's own files cannot be used. The message names the file, says what is wrong with it and
 * what to do.
 */
public final class StateException extends IOException {
  private static final long serialVersionUID = 1L;

  StateException(String message) {
    super(message);
  }

  /** What the system says about a file. */
  StateException(Object file, IOException cause) {
    super("cannot use %s: %s".formatted(file, said(cause)), cause);
  }

  private static String said(IOException cause) {
    return switch (cause) {
      case java.nio.file.AccessDeniedException _ -> "no permission";
      case java.nio.file.NoSuchFileException e -> "there is no " + e.getFile();
      case java.nio.file.FileSystemException e when e.getReason() != null -> e.getReason();
      default -> cause.getMessage();
    };
  }
}

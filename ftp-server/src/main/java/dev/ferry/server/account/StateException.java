package dev.ferry.server.account;

import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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
    super("cannot use %s: %s".formatted(file, reason(cause, file)), cause);
  }

  /**
   * Why the system did not do something with a file, as {@link IOException#getMessage()} often does
   * not say.
   *
   * @param named what the reader is told anyway; another file that it is about is added
   */
  public static String reason(IOException failure, Object named) {
    if (failure instanceof CharacterCodingException) {
      return "it is no text";
    }
    if (!(failure instanceof FileSystemException of)) {
      return failure.getMessage();
    }
    boolean other = of.getFile() != null && !of.getFile().equals(String.valueOf(named));
    String file = Printable.text(String.valueOf(of.getFile()));
    return switch (of) {
      case NoSuchFileException _ -> other ? "there is no " + file : "it does not exist";
      case FileAlreadyExistsException _ -> other ? file + " is in the way" : "it exists already";
      case AccessDeniedException _ -> "no permission" + (other ? " for " + file : "");
      case FileSystemException e when e.getReason() != null ->
          e.getReason() + (other ? ": " + file : "");
      default -> failure.getMessage();
    };
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.store.TreeException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The one table from Java's exceptions to the error codes of the wire (spec section 9). */
public final class Errors {
  private Errors() {}

  /** The exception for an ERROR that answers no request: then it is a last word (spec 9). */
  static IOException lastWord(Reason reason) {
    return isLastWord(reason)
        ? new RefusedException(reason)
        : new ProtocolException(
            "ERROR %d where only a last word may come (spec 9)".formatted(reason.code()));
  }

  /** Whether whoever said this has closed the connection (spec 9). */
  public static boolean isLastWord(Reason reason) {
    return reason.known() != null && reason.known().closes();
  }

  /** Why something failed, without the path: the other side knows what it asked for. */
  public static Reason reason(Throwable failure) {
    return switch (failure) {
      case RefusedException e -> e.reason();
      case ProtocolException e -> new Reason(ErrorCode.PROTOCOL, e.getMessage());
      case BadNameException e -> new Reason(ErrorCode.BAD_NAME, e.getMessage());
      case TreeException e -> new Reason(code(e.problem()), e.getReason());
      case NoSuchFileException _ -> plain(ErrorCode.NOT_FOUND);
      case FileAlreadyExistsException _ -> plain(ErrorCode.EXISTS);
      case NotDirectoryException _ -> plain(ErrorCode.NOT_A_FOLDER);
      case DirectoryNotEmptyException _ -> plain(ErrorCode.NOT_EMPTY);
      case AccessDeniedException _ -> plain(ErrorCode.NO_PERMISSION);
      case FileSystemException e when e.getReason() != null ->
          new Reason(ErrorCode.IO, e.getReason());
      case ClosedChannelException _ -> new Reason(ErrorCode.IO, "the file was closed");
      case IOException e when e.getMessage() != null -> new Reason(ErrorCode.IO, e.getMessage());
      case IOException _ -> plain(ErrorCode.IO);
      default -> plain(ErrorCode.INTERNAL);
    };
  }

  private static Reason plain(ErrorCode code) {
    return new Reason(code, code.meaning());
  }

  private static ErrorCode code(TreeException.Problem problem) {
    return switch (problem) {
      case LINK -> ErrorCode.LINK;
      case IS_A_FOLDER -> ErrorCode.IS_A_FOLDER;
      case NOT_REGULAR -> ErrorCode.NOT_REGULAR;
      case OTHER_FILE_SYSTEM, STAGING -> ErrorCode.NO_PERMISSION;
      case BAD_NAME -> ErrorCode.BAD_NAME;
      case NO_SPACE -> ErrorCode.NO_SPACE;
      case QUOTA -> ErrorCode.QUOTA;
      case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
    };
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.BadLocalNameException;
import dev.ferry.client.BadUrlException;
import dev.ferry.client.CancelledException;
import dev.ferry.client.CannotConnectException;
import dev.ferry.client.CredentialException;
import dev.ferry.client.IdentityException;
import dev.ferry.client.ServerBusyException;
import dev.ferry.client.UnknownServerException;
import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.NotEncryptedException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * Why a command or an item of it failed: the one table from outcomes to exit codes.
 *
 * @param code what the command ends with if this is all that failed
 * @param reason the wire's word for it
 * @param text for people: why; may be printed as it is
 */
record Failure(ExitCode code, Reason reason, String text) {

  /** For what was thrown. */
  static Failure of(Throwable thrown) {
    return switch (thrown) {
      case UsageException e -> here(ExitCode.USAGE, Secrets.hidden(e.getMessage()));
      case BadUrlException e -> here(ExitCode.USAGE, e.getMessage());
      case BadNameException e -> new Failure(ExitCode.USAGE, Errors.reason(e), e.getMessage());
      case UnknownServerException e ->
          here(
              ExitCode.IDENTITY,
              e.getMessage()
                  + "; if that is right, --accept-new remembers it; or pass --fingerprint");
      case IdentityException e -> here(ExitCode.IDENTITY, Printable.text(e.getMessage()));
      case CredentialException e -> here(ExitCode.IDENTITY, Printable.text(e.getMessage()));
      case CannotConnectException e ->
          lost(
              Printable.text(e.getMessage())
                  + (e.isSocket() ? "; check the path" : "; check host and port")
                  + ", and that ferryd runs there");
      case ServerBusyException e ->
          lost("%s; try again in %d s".formatted(Printable.text(e.getMessage()), e.retrySeconds()));
      case ConnectionLostException e ->
          lost(Printable.text(e.getMessage()) + "; run the same command again to go on");
      case RefusedException e -> of(seenFromHere(e.reason()), false);
      case NotEncryptedException e ->
          new Failure(ExitCode.PROTOCOL, Errors.reason(e), Printable.text(e.getMessage()));
      case ProtocolException e ->
          new Failure(
              ExitCode.PROTOCOL,
              Errors.reason(e),
              Printable.text(e.getMessage()) + "; is it a Ferry server, and is this its port?");
      case CancelledException _ -> interrupted();
      case OutputException e ->
          here(e.readerGone() ? ExitCode.PIPE_CLOSED : ExitCode.LOCAL, e.getMessage());
      case BadLocalNameException e -> local(e, ErrorCode.BAD_NAME.code());
      case FileSystemException e -> local(e, Errors.reason(e).code());
      case IOException e -> of(Errors.reason(e), true);
      default ->
          new Failure(
              ExitCode.DEFECT,
              new Reason(ErrorCode.INTERNAL, thrown.toString()),
              thrown.toString());
    };
  }

  /** For what a side of a job, or the server, said. */
  static Failure of(Reason reason, boolean local) {
    return new Failure(code(reason, local), reason, Printable.text(reason.said()));
  }

  /** A server that encrypts tells who does not what it looks like from there. */
  private static Reason seenFromHere(Reason reason) {
    return reason.is(ErrorCode.PROTOCOL) && reason.text().contains("does not encrypt")
        ? new Reason(
            reason.code(), "the server encrypts, and this side does not; leave out --plaintext")
        : reason;
  }

  /** Something else stands where a folder was needed. */
  static RefusedException notAFolder() {
    return new RefusedException(ErrorCode.NOT_A_FOLDER, ErrorCode.NOT_A_FOLDER.meaning());
  }

  /** The same, with the remote path that it is about, unless the server has ended all. */
  static RefusedException at(String path, RefusedException refusal) {
    Reason why = refusal.reason();
    return Errors.isLastWord(why)
        ? refusal
        : new RefusedException(new Reason(why.code(), path + ": " + why.text()));
  }

  /** The same, or if it is of this kind with words that fit the command better. */
  static RefusedException worded(RefusedException refusal, ErrorCode kind, String text) {
    return refusal.reason().is(kind) ? new RefusedException(kind, text) : refusal;
  }

  /** For somebody who wanted it to stop. */
  static Failure interrupted() {
    return here(
        ExitCode.INTERRUPTED,
        "interrupted; nothing torn remains; run the same command again to continue");
  }

  private static ExitCode code(Reason reason, boolean local) {
    return switch (reason.known()) {
      case PROTOCOL, VERSION -> ExitCode.PROTOCOL;
      case LOGIN_REFUSED -> ExitCode.IDENTITY;
      case TIMEOUT, DRAINING -> ExitCode.UNREACHABLE;
      case SOURCE_CHANGED, BAD_HASH -> ExitCode.CONTENT;
      case EXISTS -> ExitCode.REFUSED;
      case null, default -> local ? ExitCode.LOCAL : ExitCode.REFUSED;
    };
  }

  private static Failure local(FileSystemException thrown, int code) {
    String why = thrown.getReason() == null ? Errors.reason(thrown).text() : thrown.getReason();
    String text = thrown.getFile() == null ? why : thrown.getFile() + ": " + why;
    return new Failure(ExitCode.LOCAL, new Reason(code, text), Printable.text(text));
  }

  private static Failure lost(String text) {
    return new Failure(ExitCode.UNREACHABLE, new Reason(ErrorCode.TIMEOUT, text), text);
  }

  private static Failure here(ExitCode code, String text) {
    return new Failure(code, null, text);
  }

  /** Whether nothing more can come of the command. */
  boolean endsCommand() {
    return switch (code) {
      case UNREACHABLE, IDENTITY, PROTOCOL, DEFECT, INTERRUPTED, PIPE_CLOSED, TERMINATED -> true;
      case OK, MIXED, USAGE, REFUSED, LOCAL, CONTENT -> false;
    };
  }

  /** The wire's name of the code, its number if it has none, or null. */
  String wireName() {
    if (reason == null) {
      return null;
    }
    ErrorCode known = reason.known();
    return known == null ? Integer.toString(reason.code()) : known.wireName();
  }

  /** Why, as it came: for machines. */
  String plainText() {
    return reason == null || reason.text().isBlank() ? text : reason.text();
  }

  boolean retryable() {
    return reason != null && reason.known() != null && reason.known().retryable();
  }
}

package dev.ferry.protocol;

/**
 * Why something was refused, as it travels in ERROR, ENTRY-ERROR, RESULT and ABORT (spec section
 * 9).
 */
public enum ErrorCode {
  PROTOCOL(1, Retry.FINAL, "the protocol was broken"),
  VERSION(2, Retry.FINAL, "no common protocol version"),
  LOGIN_REFUSED(3, Retry.FINAL, "login refused"),
  TIMEOUT(4, Retry.LATER, "nothing came in time"),
  DRAINING(5, Retry.LATER, "the server is going down"),
  NO_PERMISSION(10, Retry.FINAL, "no permission"),
  NOT_FOUND(11, Retry.FINAL, "not found"),
  EXISTS(12, Retry.FINAL, "exists already and is different"),
  NOT_A_FOLDER(13, Retry.FINAL, "not a folder"),
  IS_A_FOLDER(14, Retry.FINAL, "is a folder"),
  NOT_EMPTY(15, Retry.FINAL, "the folder is not empty"),
  BAD_NAME(16, Retry.FINAL, "the name is not allowed"),
  NOT_REGULAR(17, Retry.FINAL, "not a regular file or folder"),
  LINK(18, Retry.FINAL, "is a link, and links are not followed"),
  NO_SPACE(19, Retry.FINAL, "no space left on the disk"),
  QUOTA(20, Retry.FINAL, "the quota is used up"),
  IO(21, Retry.FINAL, "reading or writing failed"),
  SOURCE_CHANGED(22, Retry.LATER, "the source changed while it was read"),
  BAD_HASH(23, Retry.LATER, "the content did not verify"),
  CANCELLED(24, Retry.LATER, "cancelled"),
  UNSUPPORTED(25, Retry.FINAL, "not supported"),
  INTERNAL(26, Retry.FINAL, "a defect; the log of that side has more");

  private enum Retry {
    FINAL,
    LATER
  }

  private final int code;
  private final Retry retry;
  private final String meaning;

  ErrorCode(int code, Retry retry, String meaning) {
    this.code = code;
    this.retry = retry;
    this.meaning = meaning;
  }

  /** The number on the wire: 1 to 65,535. */
  public int code() {
    return code;
  }

  /** Whether the same attempt may succeed later. */
  public boolean retryable() {
    return retry == Retry.LATER;
  }

  /** Whether the side that sends it in an ERROR closes the connection (spec section 9). */
  public boolean closes() {
    return code < NO_PERMISSION.code;
  }

  /** A few words for people. */
  public String meaning() {
    return meaning;
  }

  /** The name as the specification writes it: {@code NO-SPACE}. */
  public String wireName() {
    return name().replace('_', '-');
  }

  /** The code with this number, or null: an unknown one is kept as a number and is final. */
  public static ErrorCode of(int code) {
    for (ErrorCode candidate : values()) {
      if (candidate.code == code) {
        return candidate;
      }
    }
    return null;
  }
}

package dev.ferry.protocol;

import java.io.IOException;

/**
 * The peer refused one thing, and said why. The connection goes on, unless the code {@linkplain
 * ErrorCode#closes() closes}.
 */
public class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Reason reason;

  public RefusedException(Reason reason) {
    super(reason.said());
    this.reason = reason;
  }

  public RefusedException(ErrorCode code, String text) {
    this(new Reason(code, text));
  }

  /** What the peer said. */
  public Reason reason() {
    return reason;
  }
}

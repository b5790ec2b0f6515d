package dev.ferry.client;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;

/** The server did not let this side in, and did nothing that it was asked for. */
public final class LoginRefusedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final boolean hint;

  /**
   * A refused login.
   *
   * @param text says who refused it, and why; foreign
   */
  public LoginRefusedException(String text) {
    this(text, false);
  }

  private LoginRefusedException(String text, boolean hint) {
    super(new Reason(ErrorCode.LOGIN_REFUSED, text));
    this.hint = hint;
  }

  /** The same, with what to do about it, unless that is said already. */
  public LoginRefusedException hint(String next) {
    return hint ? this : new LoginRefusedException(reason().said() + "; " + next, true);
  }
}

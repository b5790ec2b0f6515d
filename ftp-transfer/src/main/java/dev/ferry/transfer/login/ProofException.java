package dev.ferry.transfer.login;

import java.io.IOException;

/**
 * The server accepted a login, and did not show that it knows the password or token itself: it is
 * not the one that the account is at. Nothing was told to it but a proof that it cannot use.
 */
public final class ProofException extends IOException {
  private static final long serialVersionUID = 1L;

  ProofException(String message) {
    super(message);
  }
}

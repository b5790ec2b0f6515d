package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * What one account may be made with, once.
 *
 * @param hash the SHA-256 of the code; whoever reads the file does not have the code
 * @param until not from then on
 */
record Invitation(Bytes hash, Role role, TreePath home, Instant until) {
  /** What is kept of a code: of its text in UTF-8. */
  static Bytes hash(Bytes code) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(code.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

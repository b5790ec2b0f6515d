package dev.ferry.client;

import dev.ferry.transfer.login.PublicKey;
import java.nio.file.Path;

/** A private key is protected by a passphrase, which nobody is asked for here. */
public final class ProtectedKeyException extends CredentialException {
  private static final long serialVersionUID = 1L;

  private final transient PublicKey key;

  ProtectedKeyException(Path file, PublicKey key) {
    super("%s is protected by a passphrase; add it to ssh-agent: ssh-add %s".formatted(file, file));
    this.key = key;
  }

  /** Its other half, which is not protected. */
  public PublicKey key() {
    return key;
  }
}

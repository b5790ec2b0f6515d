package dev.ferry.server;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.tls.Identity;
import dev.ferry.transfer.tls.KeyFingerprint;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsEngine;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What connections are encrypted with: an identity that may be replaced while the server runs, or
 * nothing. Connections keep what they began with. Safe for use by many threads.
 */
final class Encryption implements AutoCloseable {
  private final CertificateFiles files;
  private final ReentrantLock lock = new ReentrantLock();
  private TlsContext context;
  private volatile KeyFingerprint fingerprint;

  // Used by the clock only.
  private CertificateFiles.Stamp used;
  private CertificateFiles.Stamp seen;

  /**
   * For one connection.
   *
   * @param engine the caller releases it; null: nothing is encrypted
   * @param binding what proofs of the client have to be made for
   */
  record OneConnection(TlsEngine engine, Binding binding) {}

  private Encryption(CertificateFiles files) {
    this.files = files;
  }

  /**
   * As it was asked for.
   *
   * @throws StartException if there is no identity to be used
   */
  static Encryption of(ServerBuilder asked) throws IOException {
    boolean none = asked.plaintext || asked.listen instanceof Endpoint.Unix;
    Encryption encryption = new Encryption(none ? null : asked.certificate);
    if (encryption.files != null) {
      encryption.used = encryption.files.stamp();
      encryption.use(encryption.files.read(Instant.now()));
    } else if (!none) {
      encryption.use(identity(asked));
    }
    return encryption;
  }

  private static Identity identity(ServerBuilder asked) throws StartException {
    if (asked.identity != null) {
      return asked.identity;
    }
    return asked.state == null ? Identity.generate() : IdentityFile.in(asked.state);
  }

  private void use(Identity identity) throws IOException {
    TlsContext fresh = TlsProvider.preferred().server(identity);
    lock.lock();
    try {
      Closing.quietly(context);
      context = fresh;
      fingerprint = identity.fingerprint();
    } finally {
      lock.unlock();
    }
  }

  /** What the next connection is encrypted with. */
  OneConnection next() throws IOException {
    lock.lock();
    try {
      return context == null
          ? new OneConnection(null, Binding.NONE)
          : new OneConnection(context.newEngine(), Binding.to(fingerprint));
    } finally {
      lock.unlock();
    }
  }

  /** What clients know the server by; null if nothing is encrypted. */
  KeyFingerprint fingerprint() {
    return fingerprint;
  }

  /** For people: with what. */
  String name() {
    return fingerprint == null ? "none" : TlsProvider.preferred().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Takes the identity from its files again if they were replaced and have come to rest, as two
   * files are not replaced at once. If they cannot be used, the one before is kept.
   */
  void refresh(EventLog log) {
    if (files == null) {
      return;
    }
    CertificateFiles.Stamp now = files.stamp();
    boolean rests = now.equals(seen);
    seen = now;
    if (now.equals(used) || !rests) {
      return;
    }
    used = now;
    try {
      use(files.read(Instant.now()));
      log.info("certificate").with("fingerprint", fingerprint.text()).write();
    } catch (IOException e) {
      log.error("certificate")
          .with("msg", e.getMessage() + "; the one before is served on")
          .write();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      Closing.quietly(context);
    } finally {
      lock.unlock();
    }
  }
}

package dev.ferry.client;

import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsEngine;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One context for the whole process: making it takes longer than a handshake. */
final class ClientTls {
  private static final TlsContext CONTEXT = context();

  private ClientTls() {}

  private static TlsContext context() {
    try {
      return TlsProvider.preferred().client();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For one connection, which releases it. */
  static TlsEngine newEngine() throws IOException {
    return CONTEXT.newEngine();
  }
}

package dev.ferry.client;

import dev.ferry.transfer.Uninterrupted;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsEngine;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** One context for the whole process: making it takes longer than a handshake. */
final class ClientTls {
  private static final FutureTask<TlsContext> CONTEXT =
      new FutureTask<>(() -> TlsProvider.preferred().client());

  private ClientTls() {}

  /** Has the context made while the caller waits for the network. */
  static void prepare() {
    if (!CONTEXT.isDone()) {
      Thread.ofPlatform().daemon().name("ferry-tls").start(CONTEXT);
    }
  }

  /** For one connection, which releases it. */
  static TlsEngine newEngine() throws IOException {
    CONTEXT.run();
    try {
      Uninterrupted.run(CONTEXT::get);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
    return CONTEXT.resultNow().newEngine();
  }
}

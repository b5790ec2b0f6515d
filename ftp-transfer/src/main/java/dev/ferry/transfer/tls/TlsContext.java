package dev.ferry.transfer.tls;

import java.io.IOException;

/** What all connections of one side share. Safe for use by many threads. */
public interface TlsContext extends AutoCloseable {
  /**
   * An engine for one connection.
   *
   * @return the caller releases it
   */
  TlsEngine newEngine() throws IOException;

  /** No further engine is made; those there are go on. */
  @Override
  void close();
}

package dev.ferry.transfer.tls;

import io.netty.internal.tcnative.CertificateVerifier;
import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/**
 * BoringSSL's context, through the native methods of netty-tcnative. Its memory is freed when it is
 * closed and its last engine is released.
 */
final class BoringContext implements TlsContext {
  private final long context;
  private final boolean server;
  private final long chain;
  private final long key;
  private final AtomicInteger uses = new AtomicInteger(1);

  private BoringContext(boolean server, long chain, long key) throws Exception {
    this.server = server;
    this.chain = chain;
    this.key = key;
    context =
        SSLContext.make(
            SSL.SSL_PROTOCOL_TLSV1_3, server ? SSL.SSL_MODE_SERVER : SSL.SSL_MODE_CLIENT);
    SSLContext.setSessionCacheMode(context, SSL.SSL_SESS_CACHE_OFF);
    SSLContext.setOptions(context, SSL.SSL_OP_NO_TICKET);
    if (server) {
      SSLContext.setNumTickets(context, 0);
    } else {
      SSLContext.setVerify(context, SSL.SSL_CVERIFY_REQUIRED, 1);
      SSLContext.setCertVerifyCallback(context, new AnyCertificate());
    }
  }

  /** Whose key it is, is what the caller of the engine compares. */
  private static final class AnyCertificate extends CertificateVerifier {
    @Override
    public int verify(long ssl, byte[][] chain, String method) {
      return X509_V_OK;
    }
  }

  static BoringContext client() throws IOException {
    needLibrary();
    try {
      return new BoringContext(false, 0, 0);
    } catch (Exception e) {
      throw new SSLException("BoringSSL makes no client: " + e.getMessage(), e);
    }
  }

  static BoringContext server(Identity identity) throws IOException {
    needLibrary();
    SSL.clearError();
    long certificates = 0;
    long pem = memory(identity.pem());
    try {
      certificates = memory(identity.chainPem());
      long chain = SSL.parseX509Chain(certificates);
      return new BoringContext(true, chain, SSL.parsePrivateKey(pem, null));
    } catch (Exception e) {
      throw new SSLException("BoringSSL cannot use the server's key: " + e.getMessage(), e);
    } finally {
      SSL.freeBIO(pem);
      if (certificates != 0) {
        SSL.freeBIO(certificates);
      }
    }
  }

  private static void needLibrary() throws SSLException {
    if (BoringLibrary.missing() != null) {
      throw new SSLException("no BoringSSL: " + BoringLibrary.missing());
    }
  }

  private static long memory(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    try {
      long bio = SSL.newMemBIO();
      SSL.bioWrite(bio, BoringEngine.address(direct), bytes.length);
      return bio;
    } catch (Exception e) {
      throw new SSLException("BoringSSL has no memory", e);
    }
  }

  @Override
  public TlsEngine newEngine() throws IOException {
    if (uses.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new SSLException("the server has ended");
    }
    boolean made = false;
    try {
      BoringEngine engine = new BoringEngine(this, context, server, chain, key);
      made = true;
      return engine;
    } finally {
      if (!made) {
        released();
      }
    }
  }

  /** One use less. */
  void released() {
    if (uses.decrementAndGet() == 0) {
      SSLContext.free(context);
      if (server) {
        SSL.freeX509Chain(chain);
        SSL.freePrivateKey(key);
      }
    }
  }

  @Override
  public void close() {
    released();
  }
}

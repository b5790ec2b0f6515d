package dev.ferry.transfer.tls;

import io.netty.internal.tcnative.Buffer;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * An engine of BoringSSL. Each call lends it one buffer of encrypted bytes, to read from or to
 * write to, and takes it back before it returns. What it has to say while it reads goes to a small
 * buffer of its own first.
 */
final class BoringEngine implements TlsEngine {
  private static final int OWN_BUFFER = 4 << 10;

  /** Header, type and tag of a record. */
  private static final int OVERHEAD = 5 + 1 + 16;

  private static final int DONE = 1;

  private final BoringContext context;
  private final long ssl;
  private final long bio;
  private boolean secure;
  private boolean ended;

  BoringEngine(BoringContext context, long shared, boolean server, long chain, long key)
      throws IOException {
    this.context = context;
    SSL.clearError(); // of whatever this thread did before: BoringSSL keeps the oldest
    ssl = SSL.newSSL(shared, server);
    long made = 0;
    try {
      if (server) {
        SSL.setKeyMaterial(ssl, chain, key);
      }
      made = SSL.bioNewByteBuffer(ssl, OWN_BUFFER);
    } catch (Exception e) {
      throw new SSLException("BoringSSL cannot use the server's key: " + e.getMessage(), e);
    } finally {
      if (made == 0) {
        SSL.freeSSL(ssl);
      }
    }
    bio = made;
  }

  static long address(ByteBuffer direct) {
    return Buffer.address(direct);
  }

  @Override
  public boolean wantsDirect() {
    return true;
  }

  @Override
  public Step handshake(ByteBuffer in, ByteBuffer out) throws IOException {
    int result;
    int error;
    lendSource(in);
    try {
      SSL.clearError();
      result = SSL.doHandshake(ssl);
      error = result == DONE ? SSL.SSL_ERROR_NONE : SSL.getError(ssl, result);
    } finally {
      takeBack(in);
    }
    String why = error == SSL.SSL_ERROR_SSL ? lastError() : null;
    sayWhatIsLeft(out);
    if (result == DONE) {
      secure = true;
      return SSL.bioLengthNonApplication(bio) > 0 ? Step.WRITE : Step.DONE;
    }
    if (error == SSL.SSL_ERROR_WANT_READ) {
      return SSL.bioLengthNonApplication(bio) > 0 ? Step.WRITE : Step.READ;
    }
    if (error == SSL.SSL_ERROR_WANT_WRITE) {
      return Step.WRITE;
    }
    throw new SSLException(why == null ? "error " + error : why);
  }

  private void sayWhatIsLeft(ByteBuffer out) {
    if (SSL.bioLengthNonApplication(bio) > 0) {
      lendSink(out);
      try {
        SSL.bioFlushByteBuffer(bio);
      } finally {
        takeBack(out);
      }
    }
  }

  @Override
  public ServerIdentity peer() throws IOException {
    byte[][] chain = SSL.getPeerCertChain(ssl);
    return chain == null ? null : ServerIdentity.of(List.of(chain));
  }

  @Override
  public void encrypt(ByteBuffer from, ByteBuffer out) throws IOException {
    sayWhatIsLeft(out);
    int room = out.remaining() - (ROOM - RECORD) / 2;
    int whole = room / (RECORD + OVERHEAD);
    int rest = room % (RECORD + OVERHEAD) - OVERHEAD;
    int length = Math.min(from.remaining(), whole * RECORD + Math.max(0, rest));
    lendSink(out);
    try {
      SSL.clearError();
      int written = SSL.writeToSSL(ssl, address(from) + from.position(), length);
      if (written <= 0) {
        throw failure(written);
      }
      from.position(from.position() + written);
    } finally {
      takeBack(out);
    }
  }

  @Override
  public void decrypt(ByteBuffer in, ByteBuffer into) throws IOException {
    lendSource(in);
    try {
      SSL.clearError();
      while (into.hasRemaining()) {
        int read = SSL.readFromSSL(ssl, address(into) + into.position(), into.remaining());
        if (read > 0) {
          into.position(into.position() + read);
          continue;
        }
        int error = SSL.getError(ssl, read);
        if (error == SSL.SSL_ERROR_ZERO_RETURN) {
          ended = true;
        } else if (error != SSL.SSL_ERROR_WANT_READ) {
          throw failure(read);
        }
        return;
      }
    } finally {
      takeBack(in);
    }
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public void end(ByteBuffer out) {
    if (secure) {
      sayWhatIsLeft(out);
      lendSink(out);
      try {
        SSL.clearError();
        SSL.shutdownSSL(ssl);
      } finally {
        takeBack(out);
      }
    }
  }

  @Override
  public void release() {
    // With it goes what it was given: the bio.
    SSL.freeSSL(ssl);
    context.released();
  }

  // ---- the buffer that is lent

  private void lendSource(ByteBuffer in) {
    SSL.bioSetByteBuffer(bio, address(in) + in.position(), in.remaining(), false);
  }

  private void lendSink(ByteBuffer out) {
    SSL.bioSetByteBuffer(bio, address(out) + out.position(), out.remaining(), true);
  }

  /** The buffer is used up to where BoringSSL got. */
  private void takeBack(ByteBuffer lent) {
    lent.position(lent.limit() - SSL.bioLengthByteBuffer(bio));
    SSL.bioClearByteBuffer(bio);
  }

  private SSLException failure(int result) {
    int error = SSL.getError(ssl, result);
    return new SSLException(error == SSL.SSL_ERROR_SSL ? lastError() : "error " + error);
  }

  /** {@code error:1000007d:SSL routines:OPENSSL_internal:BAD_DECRYPT} without its beginning. */
  private static String lastError() {
    String text = String.valueOf(SSL.getLastError());
    return text.substring(text.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

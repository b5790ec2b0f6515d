package dev.ferry.transfer.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * An engine of the JDK. It works on arrays, where it is fastest; whole records only, so one of its
 * own takes what does not fit where it is wanted.
 *
 * <p>Past its limit for one key (128 GiB unless the property jdk.tls.keyLimits says otherwise) it
 * asks for a new one with every record that it reads, until the other side has answered.
 */
final class JdkEngine implements TlsEngine {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Each may leave an answer in the engine's memory, where it waits for a writer. */
  private static final int WITHOUT_CONTENT = 1024;

  private final SSLEngine engine;
  private final boolean server;
  private int withoutContent;
  private ByteBuffer record = NOTHING;
  private boolean ended;

  JdkEngine(SSLEngine engine, boolean server) {
    this.engine = engine;
    this.server = server;
  }

  @Override
  public boolean wantsDirect() {
    return false;
  }

  @Override
  public Step handshake(ByteBuffer in, ByteBuffer out) throws IOException {
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          if (wrap(NOTHING, out).getStatus() == Status.BUFFER_OVERFLOW) {
            return Step.WRITE;
          }
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          SSLEngineResult result = engine.unwrap(in, emptyRecord());
          record.flip();
          if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
            return Step.READ;
          }
          if (result.getStatus() == Status.CLOSED) {
            throw new SSLException("the other side ended it");
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return Step.DONE;
        }
      }
    }
  }

  @Override
  public ServerIdentity peer() throws IOException {
    if (server) {
      return null;
    }
    try {
      List<byte[]> chain = new ArrayList<>();
      for (Certificate certificate : engine.getSession().getPeerCertificates()) {
        chain.add(certificate.getEncoded());
      }
      return ServerIdentity.of(chain);
    } catch (CertificateEncodingException e) {
      throw new SSLException("the other side's certificate is broken", e);
    }
  }

  @Override
  public void encrypt(ByteBuffer from, ByteBuffer out) throws IOException {
    withoutContent = 0;
    while (from.hasRemaining()) {
      Status status = wrap(from, out).getStatus();
      if (status == Status.BUFFER_OVERFLOW) {
        return;
      }
      if (status == Status.CLOSED) {
        throw new SSLException("it was ended");
      }
    }
  }

  @Override
  public void decrypt(ByteBuffer in, ByteBuffer into) throws IOException {
    pour(into);
    while (into.hasRemaining() && !ended) {
      boolean fits = into.hasArray() && into.remaining() >= packet();
      SSLEngineResult result = engine.unwrap(in, fits ? into : emptyRecord());
      if (!fits) {
        record.flip();
        pour(into);
      }
      runTasks();
      switch (result.getStatus()) {
        case OK -> countWithoutContent(result);
        case CLOSED -> ended = true;
        case BUFFER_UNDERFLOW -> {
          return;
        }
        case BUFFER_OVERFLOW -> throw new SSLException("a record is too long");
      }
    }
  }

  /** A handshake record to be answered (a key update) leaves that to the next writer. */
  private void countWithoutContent(SSLEngineResult result) throws SSLException {
    if (result.bytesProduced() == 0 && ++withoutContent > WITHOUT_CONTENT) {
      throw new SSLException("too many records without content");
    }
  }

  @Override
  public boolean isEnded() {
    return ended && !record.hasRemaining();
  }

  @Override
  public void end(ByteBuffer out) throws IOException {
    engine.closeOutbound();
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      if (wrap(NOTHING, out).getStatus() != Status.OK) {
        return;
      }
    }
  }

  @Override
  public void release() {
    record = NOTHING;
  }

  private SSLEngineResult wrap(ByteBuffer from, ByteBuffer out) throws IOException {
    SSLEngineResult result = engine.wrap(from, out);
    runTasks();
    return result;
  }

  private void runTasks() {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      for (Runnable task = engine.getDelegatedTask();
          task != null;
          task = engine.getDelegatedTask()) {
        task.run();
      }
    }
  }

  private int packet() {
    return engine.getSession().getApplicationBufferSize();
  }

  private ByteBuffer emptyRecord() {
    if (record.capacity() < packet()) {
      record = ByteBuffer.allocate(packet());
    }
    return record.clear();
  }

  private void pour(ByteBuffer into) {
    int length = Math.min(into.remaining(), record.remaining());
    into.put(into.position(), record, record.position(), length);
    into.position(into.position() + length);
    record.position(record.position() + length);
  }
}

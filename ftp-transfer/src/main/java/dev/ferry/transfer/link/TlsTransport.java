package dev.ferry.transfer.link;

import dev.ferry.protocol.ProtocolException;
import dev.ferry.transfer.tls.ServerIdentity;
import dev.ferry.transfer.tls.TlsEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;

/**
 * TLS over a socket (spec section 2). Many records share one call of the system. The reader never
 * writes: what the engine has to answer while it reads (a key update) leaves with the next write.
 *
 * <p>The lock is held for the engine's work only, never while the socket blocks.
 */
final class TlsTransport implements Transport {
  private static final int HANDSHAKE = 0x16;
  private static final int ALERT = 0x15;

  /** What the length of any first frame of Ferry's begins with. */
  private static final int FRAME = 0x00;

  /** A record, when it has to be whole; and when it need not. */
  private static final int INPUT = TlsEngine.ROOM;

  private static final int DIRECT_INPUT = 4 << 10;

  private final SocketTransport socket;
  private final TlsEngine engine;
  private final String peer;
  private final Buffers small;
  private final Buffers large;
  private final ReentrantLock lock = new ReentrantLock();
  private ByteBuffer in;
  private boolean bulk;
  private boolean released;
  private volatile boolean secure;
  private volatile boolean plaintext;

  TlsTransport(SocketTransport socket, TlsEngine engine, String peer) {
    this.socket = socket;
    this.engine = engine;
    this.peer = peer;
    small = engine.wantsDirect() ? Buffers.LINKS : Buffers.LINK_ARRAYS;
    large = engine.wantsDirect() ? Buffers.RECORDS : Buffers.RECORD_ARRAYS;
    in = input(0).flip();
  }

  private ByteBuffer input(int needed) {
    return engine.wantsDirect()
        ? ByteBuffer.allocateDirect(Math.max(DIRECT_INPUT, needed))
        : ByteBuffer.allocate(Math.max(INPUT, needed));
  }

  // ---- the handshake

  /**
   * Agrees on keys; before, nothing can be written.
   *
   * @return what the other side proved to be, or null for clients, which prove nothing
   */
  ServerIdentity handshake() throws IOException {
    while (true) {
      switch (step()) {
        case READ -> {
          boolean first = socket.bytesRead() == 0;
          if (more() < 0) {
            throw new ConnectionLostException(peer + " hung up during the TLS handshake");
          }
          if (first) {
            refusePlaintext(in.get(in.position()));
          }
        }
        case WRITE -> {
          // Has been written.
        }
        case DONE -> {
          secure = true;
          return locked(engine::peer);
        }
      }
    }
  }

  private TlsEngine.Step step() throws IOException {
    ByteBuffer out = small.take();
    try {
      TlsEngine.Step step = locked(() -> engine.handshake(in, out));
      socket.write(out.flip());
      return step;
    } catch (SSLException e) {
      sayWhy(out);
      throw new ProtocolException(
          "the TLS handshake with %s failed: %s (spec 2)".formatted(peer, e.getMessage()));
    } finally {
      small.give(out);
    }
  }

  /** Sends the alert that the engine leaves behind when it fails. */
  private void sayWhy(ByteBuffer out) {
    try {
      locked(
          () -> {
            engine.end(out);
            return null;
          });
      socket.write(out.flip());
    } catch (IOException _) {
      // The other side will see the end of the connection.
    }
  }

  private void refusePlaintext(byte first) throws NotEncryptedException {
    if (first == FRAME) {
      plaintext = true;
      throw new NotEncryptedException(
          "%s does not encrypt, and this side does: start both with --plaintext, or neither"
              .formatted(peer));
    }
    if (first != HANDSHAKE && first != ALERT) {
      throw new NotEncryptedException("%s does not speak TLS (spec 2)".formatted(peer));
    }
  }

  // ---- reading

  @Override
  public int read(ByteBuffer into) throws IOException {
    int before = into.position();
    while (true) {
      decrypt(into);
      if (into.position() > before) {
        return into.position() - before;
      }
      if (engine.isEnded() || more() < 0) {
        return -1;
      }
    }
  }

  private void decrypt(ByteBuffer into) throws IOException {
    if (into.isDirect() || !engine.wantsDirect()) {
      locked(
          () -> {
            engine.decrypt(in, into);
            return null;
          });
      return;
    }
    ByteBuffer direct = small.take();
    try {
      direct.limit(Math.min(direct.capacity(), into.remaining()));
      locked(
          () -> {
            engine.decrypt(in, direct);
            return null;
          });
      into.put(direct.flip());
    } finally {
      small.give(direct);
    }
  }

  /** Reads more that is encrypted behind what there is; -1 at the end of the stream. */
  private int more() throws IOException {
    in.compact();
    try {
      int count = socket.read(in);
      if (bulk && !in.hasRemaining() && in.capacity() < large.size()) {
        in = large.take().put(in.flip());
      }
      return count;
    } finally {
      in.flip();
    }
  }

  @Override
  public void bulk(boolean on) {
    bulk = on;
    if (!on && in.capacity() == large.size()) {
      ByteBuffer used = in;
      in = input(used.remaining()).put(used).flip();
      large.give(used);
    }
  }

  // ---- writing

  @Override
  public void write(ByteBuffer... from) throws IOException {
    if (!secure) {
      writeUnsecured(from);
      return;
    }
    long total = 0;
    for (ByteBuffer some : from) {
      total += some.remaining();
    }
    Buffers buffers = total + TlsEngine.ROOM <= small.size() ? small : large;
    ByteBuffer out = buffers.take();
    try {
      for (ByteBuffer some : from) {
        while (some.hasRemaining()) {
          encrypt(some, out);
          if (out.remaining() < TlsEngine.ROOM) {
            socket.write(out.flip());
            out.clear();
          }
        }
      }
      socket.write(out.flip());
    } finally {
      buffers.give(out);
    }
  }

  /** Who began in plaintext is told in plaintext that it is wrong. */
  private void writeUnsecured(ByteBuffer... from) throws IOException {
    if (!plaintext) {
      throw new ConnectionLostException("the connection to " + peer + " is not encrypted yet");
    }
    socket.write(from);
  }

  private void encrypt(ByteBuffer from, ByteBuffer out) throws IOException {
    if (from.isDirect() == engine.wantsDirect()) {
      locked(
          () -> {
            engine.encrypt(from, out);
            return null;
          });
      return;
    }
    ByteBuffer copy = small.take();
    try {
      int length = Math.min(copy.capacity(), from.remaining());
      copy.put(from.slice(from.position(), length)).flip();
      locked(
          () -> {
            engine.encrypt(copy, out);
            return null;
          });
      from.position(from.position() + copy.position());
    } finally {
      small.give(copy);
    }
  }

  // ---- the end

  @Override
  public void end() throws IOException {
    if (secure) {
      ByteBuffer out = small.take();
      try {
        locked(
            () -> {
              engine.end(out);
              return null;
            });
        socket.write(out.flip());
      } finally {
        small.give(out);
      }
    }
  }

  @Override
  public void close() {
    socket.close();
    lock.lock();
    try {
      if (!released) {
        released = true;
        engine.release();
      }
    } finally {
      lock.unlock();
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T locked(Work<T> work) throws IOException {
    lock.lock();
    try {
      if (released) {
        throw new ClosedChannelException();
      }
      return work.run();
    } finally {
      lock.unlock();
    }
  }
}

package dev.ferry.transfer.link;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.transfer.tls.ServerIdentity;
import dev.ferry.transfer.tls.TlsEngine;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection that carries frames (spec sections 2, 3 and 5.4).
 *
 * <p>One thread reads at a time, any number write: a frame goes out whole. Frames are collected
 * until {@link #flush()}, so that many small ones share one write. A thread of its own sends ALIVE
 * while {@link #owe} is set, and closes the connection when a peer that is {@linkplain #expect
 * waited for} falls silent; the blocked call then throws {@link ConnectionLostException}.
 */
public final class Link implements Closeable {
  /** How long the last bytes of an orderly end may take to leave. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private final SocketChannel channel;
  private final SocketTransport socket;
  private final Transport transport;
  private final LinkReader reader;
  private final LinkWriter writer;
  private final LinkWatch watch;
  private final String peer;
  private int limit = Limits.PAYLOAD_BEFORE_LOGIN;
  private FirstRead firstRead;
  private volatile boolean abortMayCross;
  private volatile boolean compresses;

  /** What has to be read before anything else. */
  @FunctionalInterface
  public interface FirstRead {
    void read() throws IOException;
  }

  /**
   * Takes over a connected channel in blocking mode; {@link #close()} closes it. Nothing is
   * encrypted.
   *
   * @param peer how messages name the other side
   */
  public Link(SocketChannel channel, String peer, LinkTimes times) {
    this(channel, peer, times, null);
  }

  /**
   * The same, encrypted by an engine, which {@link #close()} releases. Before anything else, {@link
   * #secure()} has to be called.
   *
   * @param engine null: nothing is encrypted
   */
  public Link(SocketChannel channel, String peer, LinkTimes times, TlsEngine engine) {
    this.channel = channel;
    this.peer = peer;
    this.watch = new LinkWatch(this, times);
    this.socket = new SocketTransport(channel, watch);
    this.transport = engine == null ? socket : new TlsTransport(socket, engine, peer);
    this.reader = new LinkReader(transport, watch);
    this.writer = new LinkWriter(transport);
    watch.start(writer);
  }

  /**
   * Agrees on keys with the other side, if this link is encrypted. Blocks; a {@link #deadline}
   * bounds it.
   *
   * @return what the other side proved to be, or null if it proved nothing
   * @throws NotEncryptedException if the other side does not encrypt
   */
  public ServerIdentity secure() throws IOException {
    try {
      return transport instanceof TlsTransport tls ? tls.handshake() : null;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** How messages name the other side. */
  public String peer() {
    return peer;
  }

  // ---- reading: one thread at a time

  /**
   * Waits for the next frame and checks its header. ALIVE and what may be skipped never show.
   * Whatever was left of the frame before is dropped.
   *
   * @return null if the peer ended the connection between two frames
   */
  public FrameHeader next() throws IOException {
    FirstRead before = firstRead;
    if (before != null) {
      firstRead = null;
      before.read();
    }
    try {
      reader.skipRest();
      while (true) {
        FrameHeader header = reader.header(limit);
        if (header == null) {
          return null;
        }
        boolean crossing = abortMayCross && header.type() == FrameType.ABORT;
        if (header.type() != null && header.type() != FrameType.ALIVE && !crossing) {
          abortMayCross = false;
          return header;
        }
        if (crossing) {
          abortMayCross = false;
        } else if (header.type() == FrameType.ALIVE && header.length() != 0) {
          throw new ProtocolException("ALIVE with a payload (spec 5.4)");
        }
        reader.skipRest();
      }
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** The very first frame, whatever it is; else like {@link #next()}. */
  FrameHeader first() throws IOException {
    try {
      return reader.header(limit);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Decodes the payload of the control frame that {@link #next()} announced. */
  public Frame control(FrameHeader header) throws IOException {
    try {
      return FrameCodec.decode(header.type(), reader.payload(header.length()));
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * The next control frame.
   *
   * @throws ConnectionLostException if the connection ended
   * @throws ProtocolException also if DATA comes
   */
  public Frame read() throws IOException {
    FrameHeader header = next();
    if (header == null) {
      throw lost("closed the connection");
    }
    if (header.type() == FrameType.DATA) {
      throw new ProtocolException("DATA where no content is expected (spec 3)");
    }
    return control(header);
  }

  /**
   * The header of the DATA frame that {@link #next()} announced; its content is {@link
   * #remaining()}.
   */
  public DataHeader data(FrameHeader header) throws IOException {
    try {
      if (header.length() < DataHeader.BYTES) {
        throw new ProtocolException("DATA of %d bytes (spec 8.2)".formatted(header.length()));
      }
      DataHeader data = reader.dataHeader();
      if (data.compressed() && !compresses) {
        throw new ProtocolException("compressed DATA without the feature zstd (spec 8.2)");
      }
      return data;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Bytes of the current frame that were not read yet. */
  public int remaining() {
    return reader.remaining();
  }

  /**
   * Reads content of the current frame until the buffer is full; the caller has checked that so
   * much is left.
   */
  public void content(ByteBuffer into) throws IOException {
    try {
      reader.content(into);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /**
   * Has this done before the next frame is read, by the thread that reads it: so a client hears the
   * greeting while its first request is on the way.
   */
  public void beforeReading(FirstRead action) {
    firstRead = action;
  }

  /** The end of a job was said: one ABORT that crosses it is not shown (spec 7.7). */
  public void dropCrossingAbort() {
    abortMayCross = true;
  }

  /** From now on frames may be as large as the protocol allows after WELCOME. */
  public void loggedIn() {
    limit = Limits.PAYLOAD;
  }

  /** Both sides have named the feature. */
  void compresses(boolean agreed) {
    compresses = agreed;
  }

  /** Whether DATA may be compressed, as far as this side knows by now (spec 5.1). */
  public boolean compresses() {
    return compresses;
  }

  // ---- writing: any thread

  /**
   * Writes a control frame behind those before; it may stay in the buffer until {@link #flush()}.
   */
  public void send(Frame frame) throws IOException {
    if (frame instanceof Frame.Request || frame instanceof Frame.Opening) {
      abortMayCross = false; // Behind a request it would be the answer.
    }
    try {
      writer.send(FrameCodec.encode(frame));
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Writes a control frame and everything before it. */
  public void sendNow(Frame frame) throws IOException {
    send(frame);
    flush();
  }

  /**
   * Writes a DATA frame; small ones may stay in the buffer until {@link #flush()}. The content is
   * consumed.
   */
  public void sendData(DataHeader header, ByteBuffer content) throws IOException {
    try {
      writer.sendData(header, content);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Blocks until the operating system has all that was sent. */
  public void flush() throws IOException {
    try {
      writer.flush();
    } catch (IOException e) {
      throw explained(e);
    }
  }

  // ---- the clock

  /** Whether the peer waits for this side, so that ALIVE has to be sent (spec 5.4). */
  public void owe(boolean owing) {
    watch.owe(owing);
  }

  /** From now on a peer that sends nothing for the standard time is lost. */
  public void expect() {
    watch.expect(watch.times().silence(), "sent nothing");
  }

  /**
   * From now on a peer that sends nothing for so long is disconnected.
   *
   * @param limit null: it may be silent for ever
   */
  public void expect(Duration limit, String why) {
    watch.expect(limit, why);
  }

  /**
   * The connection is closed at this time from now unless the deadline is replaced; null takes it
   * back.
   */
  public void deadline(Duration limit, String why) {
    watch.deadline(limit, why);
  }

  // ---- the rest

  /**
   * Takes the large buffers of a job, or gives them back. Called by the reading thread between
   * frames.
   */
  public void bulk(boolean on) throws IOException {
    try {
      reader.bulk(on);
      writer.bulk(on);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /** Bytes read from and written to the channel so far. */
  public long bytesRead() {
    return socket.bytesRead();
  }

  public long bytesWritten() {
    return socket.bytesWritten();
  }

  /** Whether the other side is on this machine, as far as its address tells. */
  public boolean isLocal() {
    try {
      return !(channel.getRemoteAddress() instanceof InetSocketAddress tcp)
          || tcp.getAddress().isLoopbackAddress();
    } catch (IOException _) {
      return true; // The channel is closed.
    }
  }

  public boolean isOpen() {
    return channel.isOpen();
  }

  /** An exception that says what the peer did. */
  public ConnectionLostException lost(String what) {
    return new ConnectionLostException(peer + " " + what);
  }

  /** Closes the connection; a blocked read or write in another thread throws the cause. */
  void fail(ConnectionLostException cause) {
    watch.failed(cause);
    abort();
  }

  private IOException explained(IOException e) {
    ConnectionLostException failure = watch.failure();
    if (failure != null) {
      return failure;
    }
    if (e instanceof ProtocolException || e instanceof ConnectionLostException) {
      return e;
    }
    String why = e.getMessage() == null ? "it was closed" : e.getMessage();
    return new ConnectionLostException("the connection to %s was lost: %s".formatted(peer, why), e);
  }

  /** Closes the channel; what was not flushed is dropped. Takes half a second at most. */
  @Override
  public void close() {
    if (transport != socket && channel.isOpen()) {
      watch.deadline(FAREWELL, "took no farewell");
      try {
        writer.end();
      } catch (IOException _) {
        // The end of the stream has to do.
      }
    }
    abort();
  }

  /** Closes the channel at once, in the middle of whatever any thread does with it. */
  public void abort() {
    watch.stop();
    transport.close();
  }
}

package dev.ferry.transfer.link;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The reading half of a {@link Link}. Used by one thread at a time. */
final class LinkReader {
  private static final int SMALL = 8 << 10;
  private static final int DIRECT_READ = 32 << 10;

  private final Transport transport;
  private final LinkWatch watch;
  private ByteBuffer in = ByteBuffer.allocate(SMALL).flip();
  private int remaining;

  LinkReader(Transport transport, LinkWatch watch) {
    this.transport = transport;
    this.watch = watch;
  }

  /** The next header, or null at the end of the stream. */
  FrameHeader header(int limit) throws IOException {
    if (!in.hasRemaining() && !more()) {
      return null;
    }
    watch.frameBegins();
    fill(FrameHeader.BYTES);
    FrameHeader header = FrameHeader.parse(in, limit);
    consumedUpTo(header.length());
    return header;
  }

  /** The whole payload of a control frame: valid until the next call. */
  ByteBuffer payload(int length) throws IOException {
    ByteBuffer payload;
    if (length <= in.capacity()) {
      fill(length);
      payload = in.slice(in.position(), length);
      in.position(in.position() + length);
    } else {
      payload = large(length);
    }
    consumedUpTo(0);
    return payload;
  }

  /** Memory grows with what has come, not with what was announced. */
  private ByteBuffer large(int length) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(Math.min(length, DIRECT_READ));
    content(payload);
    while (payload.capacity() < length) {
      ByteBuffer larger = ByteBuffer.allocate(Math.min(length, 2 * payload.capacity()));
      content(larger.put(payload.flip()));
      payload = larger;
    }
    return payload.flip();
  }

  DataHeader dataHeader() throws IOException {
    fill(DataHeader.BYTES);
    int length = DataHeader.lengthAt(in);
    if (length > remaining) {
      throw new ProtocolException("DATA that ends inside its header (spec 8.2)");
    }
    fill(length);
    DataHeader header = DataHeader.read(in);
    consumedUpTo(remaining - length);
    return header;
  }

  int remaining() {
    return remaining;
  }

  void content(ByteBuffer into) throws IOException {
    int wanted = into.remaining();
    while (into.hasRemaining()) {
      if (in.hasRemaining()) {
        copy(into);
      } else if (into.remaining() >= DIRECT_READ) {
        readInto(into);
      } else {
        fill(1);
      }
    }
    consumedUpTo(remaining - wanted);
  }

  void skipRest() throws IOException {
    while (remaining > 0) {
      fill(1);
      int skipped = Math.min(remaining, in.remaining());
      in.position(in.position() + skipped);
      consumedUpTo(remaining - skipped);
    }
  }

  void bulk(boolean on) {
    ByteBuffer larger =
        on ? Buffers.LINKS.take() : ByteBuffer.allocate(Math.max(SMALL, in.remaining()));
    larger.put(in).flip();
    if (in.isDirect()) {
      Buffers.LINKS.give(in);
    }
    in = larger;
    transport.bulk(on);
  }

  private void consumedUpTo(int left) {
    remaining = left;
    if (left <= 0) {
      watch.frameEnds();
    }
  }

  private void copy(ByteBuffer into) {
    int length = Math.min(into.remaining(), in.remaining());
    into.put(into.position(), in, in.position(), length);
    into.position(into.position() + length);
    in.position(in.position() + length);
  }

  /** Reads until at least so many bytes are in the buffer. */
  private void fill(int needed) throws IOException {
    while (in.remaining() < needed) {
      if (!more()) {
        throw new ConnectionLostException("the connection ended in the middle of a frame");
      }
    }
  }

  /** Reads what there is behind what is in the buffer; false at the end of the stream. */
  private boolean more() throws IOException {
    in.compact();
    try {
      return transport.read(in) >= 0;
    } finally {
      in.flip();
    }
  }

  private void readInto(ByteBuffer into) throws IOException {
    if (transport.read(into) < 0) {
      throw new ConnectionLostException("the connection ended in the middle of a frame");
    }
  }
}

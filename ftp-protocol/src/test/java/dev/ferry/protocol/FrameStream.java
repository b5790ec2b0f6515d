package dev.ferry.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the bytes of one side in any pieces and gives the frames they hold: the smallest reader
 * that the specification allows.
 */
final class FrameStream {
  /**
   * A frame that came.
   *
   * @param frame null for DATA and for what was skipped
   * @param text null for what was skipped
   */
  record Seen(Frame frame, String text, Bytes bytes) {}

  private byte[] pending = {};
  private int limit;

  FrameStream(int limit) {
    this.limit = limit;
  }

  void loggedIn() {
    limit = Limits.PAYLOAD;
  }

  /** Bytes of a frame that is not complete. */
  int pending() {
    return pending.length;
  }

  List<Seen> feed(byte[] piece) throws ProtocolException {
    byte[] all = Arrays.copyOf(pending, pending.length + piece.length);
    System.arraycopy(piece, 0, all, pending.length, piece.length);
    pending = all;
    List<Seen> seen = new ArrayList<>();
    Seen next = next();
    while (next != null) {
      seen.add(next);
      next = next();
    }
    return seen;
  }

  private Seen next() throws ProtocolException {
    if (pending.length < FrameHeader.BYTES) {
      return null;
    }
    FrameHeader header = FrameHeader.parse(ByteBuffer.wrap(pending), limit);
    int length = FrameHeader.BYTES + header.length();
    if (pending.length < length) {
      return null;
    }
    ByteBuffer payload = ByteBuffer.wrap(pending, FrameHeader.BYTES, header.length()).slice();
    Bytes bytes = Bytes.of(Arrays.copyOf(pending, length));
    pending = Arrays.copyOfRange(pending, length, pending.length);
    if (header.type() == null) {
      return new Seen(null, null, bytes);
    }
    if (header.type() == FrameType.DATA) {
      DataHeader data = DataHeader.read(payload);
      return new Seen(null, FrameText.of(data, payload), bytes);
    }
    Frame frame = FrameCodec.decode(header.type(), payload);
    return new Seen(frame, FrameText.of(frame), bytes);
  }
}

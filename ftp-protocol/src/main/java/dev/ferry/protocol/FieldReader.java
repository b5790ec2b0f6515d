package dev.ferry.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the fields of one payload (spec section 4). Every failure is a {@link ProtocolException}
 * that names the frame.
 */
final class FieldReader {
  private final FrameType type;
  private final ByteBuffer payload;

  /** Reads from the buffer's position to its limit. */
  FieldReader(FrameType type, ByteBuffer payload) {
    this.type = type;
    this.payload = payload;
  }

  int u8() throws ProtocolException {
    need(1);
    return Byte.toUnsignedInt(payload.get());
  }

  int u16() throws ProtocolException {
    need(2);
    return Short.toUnsignedInt(payload.getShort());
  }

  long u32() throws ProtocolException {
    need(4);
    return Integer.toUnsignedLong(payload.getInt());
  }

  /** A u64 below 2^63. */
  long u64() throws ProtocolException {
    need(8);
    long value = payload.getLong();
    if (value < 0) {
      throw broken("a number of 2^63 or more (spec 4)");
    }
    return value;
  }

  long i64() throws ProtocolException {
    need(8);
    return payload.getLong();
  }

  private byte[] bytes(int count) throws ProtocolException {
    need(count);
    byte[] bytes = new byte[count];
    payload.get(bytes);
    return bytes;
  }

  Bytes exactly(int count) throws ProtocolException {
    return Bytes.of(bytes(count));
  }

  Bytes bytes8(int limit) throws ProtocolException {
    return exactly(atMost(u8(), limit));
  }

  Bytes bytes16() throws ProtocolException {
    return exactly(u16());
  }

  String string() throws ProtocolException {
    return string(0xFFFF);
  }

  String string(int limit) throws ProtocolException {
    byte[] utf8 = bytes(atMost(u16(), limit));
    String text = new String(utf8, StandardCharsets.UTF_8);
    // The decoder puts U+FFFD for what is malformed: only then is the second look needed.
    if (text.indexOf('\uFFFD') >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8)) {
      throw broken("a string that is not UTF-8 (spec 4)");
    }
    return text;
  }

  List<String> strings(int countLimit, int limit) throws ProtocolException {
    int count = atMost(u16(), countLimit);
    List<String> strings = new ArrayList<>(Math.min(count, payload.remaining() / 2));
    for (int i = 0; i < count; i++) {
      strings.add(string(limit));
    }
    return strings;
  }

  List<String> path() throws ProtocolException {
    int count = u8();
    String[] components = new String[count];
    for (int i = 0; i < count; i++) {
      components[i] = string();
    }
    return List.of(components);
  }

  boolean bool() throws ProtocolException {
    return flags(1) != 0;
  }

  /** A u8 of flags of which only {@code known} may be set. */
  int flags(int known) throws ProtocolException {
    int flags = u8();
    if ((flags & ~known) != 0) {
      throw broken("flags 0x%02x, known are 0x%02x (spec 11)".formatted(flags, known));
    }
    return flags;
  }

  /** A u8 that is the ordinal of one of these. */
  <E> E choice(E[] values) throws ProtocolException {
    int ordinal = u8();
    if (ordinal >= values.length) {
      throw broken("the unknown value %d (spec 11)".formatted(ordinal));
    }
    return values[ordinal];
  }

  Frame.FileAttributes attributes() throws ProtocolException {
    Frame.Kind kind = choice(Frame.Kind.values());
    long size = u64();
    long modified = i64();
    int mode = u16();
    if ((mode & ~0777) != 0) {
      throw broken("mode 0%o, at most 0777 (spec 4)".formatted(mode));
    }
    if (size != 0 && kind != Frame.Kind.FILE) {
      throw broken("a size of what is no file (spec 4)");
    }
    return new Frame.FileAttributes(kind, size, modified, mode);
  }

  Reason reason() throws ProtocolException {
    int code = u16();
    return new Reason(code, string(Limits.TEXT_BYTES));
  }

  int remaining() {
    return payload.remaining();
  }

  /** Nothing may be left over (spec 3.3). */
  void end() throws ProtocolException {
    if (payload.hasRemaining()) {
      throw broken("%d bytes too many (spec 3.3)".formatted(payload.remaining()));
    }
  }

  ProtocolException broken(String what) {
    return new ProtocolException(type + " has " + what);
  }

  private int atMost(int value, int limit) throws ProtocolException {
    if (value > limit) {
      throw broken("the length or count %d, at most %d (spec 4, 10)".formatted(value, limit));
    }
    return value;
  }

  private void need(int count) throws ProtocolException {
    if (payload.remaining() < count) {
      throw broken("a payload that ends too early (spec 3.3)");
    }
  }
}

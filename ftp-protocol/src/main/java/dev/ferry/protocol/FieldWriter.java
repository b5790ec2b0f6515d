package dev.ferry.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Puts fields (spec section 4) into a growing array. The mirror of {@link FieldReader}. Not
 * thread-safe.
 */
final class FieldWriter {
  private byte[] array;
  private ByteBuffer out;

  FieldWriter(int capacity) {
    array = new byte[capacity];
    out = ByteBuffer.wrap(array);
  }

  FieldWriter u8(int value) {
    if (value != (value & 0xFF)) {
      throw new IllegalArgumentException("not a u8: " + value);
    }
    room(1).put((byte) value);
    return this;
  }

  FieldWriter u16(int value) {
    if (value != (value & 0xFFFF)) {
      throw new IllegalArgumentException("not a u16: " + value);
    }
    room(2).putShort((short) value);
    return this;
  }

  FieldWriter u32(long value) {
    if (value != (value & 0xFFFF_FFFFL)) {
      throw new IllegalArgumentException("not a u32: " + value);
    }
    room(4).putInt((int) value);
    return this;
  }

  FieldWriter i64(long value) {
    room(8).putLong(value);
    return this;
  }

  /** A u64 below 2^63. */
  FieldWriter u64(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("not a number from 0 to 2^63 - 1: " + value);
    }
    return i64(value);
  }

  /** The u16 before a list. */
  FieldWriter count(int count, int limit) {
    if (count > limit) {
      throw new IllegalArgumentException("%d of a kind, at most %d".formatted(count, limit));
    }
    return u16(count);
  }

  /** Exactly so many bytes. */
  FieldWriter bytes(Bytes bytes, int count) {
    if (bytes.length() != count) {
      throw new IllegalArgumentException("%d bytes, not %d".formatted(bytes.length(), count));
    }
    return bytes(bytes.toArray());
  }

  FieldWriter bytes8(Bytes bytes, int limit) {
    return u8(atMost(bytes.length(), limit)).bytes(bytes.toArray());
  }

  FieldWriter bytes16(Bytes bytes) {
    return u16(bytes.length()).bytes(bytes.toArray());
  }

  /**
   * Text that must arrive as it is: half a surrogate pair has no UTF-8, and the encoder would
   * quietly replace it.
   */
  FieldWriter string(String text, int limit) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(utf8, StandardCharsets.UTF_8).equals(text)) {
      throw new IllegalArgumentException("a text with half a surrogate pair");
    }
    return u16(atMost(utf8.length, limit)).bytes(utf8);
  }

  /** Text for people, cut where it is too long. */
  FieldWriter text(String text) {
    byte[] utf8 = Reason.atMost(text, Limits.TEXT_BYTES).getBytes(StandardCharsets.UTF_8);
    return u16(utf8.length).bytes(utf8);
  }

  FieldWriter strings(List<String> strings, int countLimit, int limit) {
    count(strings.size(), countLimit);
    strings.forEach(text -> string(text, limit));
    return this;
  }

  FieldWriter path(List<String> components) {
    u8(components.size());
    components.forEach(name -> string(name, 0xFFFF));
    return this;
  }

  FieldWriter bool(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** The order of such an enum is the wire's; the vectors hold it in place. */
  @SuppressWarnings("EnumOrdinal")
  FieldWriter choice(Enum<?> value) {
    return u8(value.ordinal());
  }

  FieldWriter attributes(Frame.FileAttributes attributes) {
    return choice(attributes.kind())
        .u64(attributes.size())
        .i64(attributes.modified())
        .u16(atMost(attributes.mode(), 0777));
  }

  FieldWriter reason(Reason reason) {
    return u16(reason.code()).text(reason.text());
  }

  int position() {
    return out.position();
  }

  /** Overwrites four bytes written before. */
  void patch32(int position, int value) {
    out.putInt(position, value);
  }

  /** What was written, ready to be read; valid until the next write. */
  ByteBuffer written() {
    return out.duplicate().flip();
  }

  private FieldWriter bytes(byte[] bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  private static int atMost(int value, int limit) {
    if (value > limit) {
      throw new IllegalArgumentException("%d, at most %d".formatted(value, limit));
    }
    return value;
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int position = out.position();
      array = Arrays.copyOf(array, Math.max(array.length * 2, position + bytes));
      out = ByteBuffer.wrap(array).position(position);
    }
    return out;
  }
}

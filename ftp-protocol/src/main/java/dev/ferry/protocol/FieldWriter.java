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

  FieldWriter bytes(byte[] bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  FieldWriter bytes8(Bytes bytes) {
    return u8(bytes.length()).bytes(bytes.toArray());
  }

  FieldWriter bytes16(Bytes bytes) {
    return u16(bytes.length()).bytes(bytes.toArray());
  }

  FieldWriter string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return u16(utf8.length).bytes(utf8);
  }

  FieldWriter strings(List<String> strings) {
    u16(strings.size());
    strings.forEach(this::string);
    return this;
  }

  FieldWriter path(List<String> components) {
    u8(components.size());
    components.forEach(this::string);
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
        .i64(attributes.size())
        .i64(attributes.modified())
        .u16(attributes.mode());
  }

  FieldWriter reason(Reason reason) {
    return u16(reason.code()).string(reason.text());
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

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int position = out.position();
      array = Arrays.copyOf(array, Math.max(array.length * 2, position + bytes));
      out = ByteBuffer.wrap(array).position(position);
    }
    return out;
  }
}

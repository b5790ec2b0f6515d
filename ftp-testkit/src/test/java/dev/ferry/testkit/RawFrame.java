package dev.ferry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Hash128;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame written field by field, whatever the fields hold: what no honest side can say. */
final class RawFrame {
  private ByteBuffer out = ByteBuffer.allocate(256);

  private RawFrame(int type) {
    out.putInt(0).put((byte) type).put((byte) 0).putShort((short) 0);
  }

  static RawFrame of(FrameType type) {
    return new RawFrame(type.code());
  }

  /** DATA with a hash that fits, and no last word. */
  static RawFrame data(long entry, long offset, byte... bytes) {
    return of(FrameType.DATA).u32(entry).u8(0).u64(offset).hash(OneChunk.hash(bytes)).raw(bytes);
  }

  /** DATA with a hash that fits, and the last word. */
  static RawFrame last(long entry, long offset, Hash128 contentHash, byte... bytes) {
    RawFrame head = of(FrameType.DATA).u32(entry).u8(1).u64(offset);
    return head.hash(OneChunk.hash(bytes)).hash(contentHash).raw(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      out = ByteBuffer.allocate(2 * (out.position() + bytes)).put(out.flip());
    }
    return out;
  }

  RawFrame u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  RawFrame u16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  RawFrame u32(long value) {
    room(4).putInt((int) value);
    return this;
  }

  RawFrame u64(long value) {
    room(8).putLong(value);
    return this;
  }

  RawFrame raw(byte... bytes) {
    room(bytes.length).put(bytes);
    return this;
  }

  /** Each number as a byte. */
  RawFrame raw(int... bytes) {
    Arrays.stream(bytes).forEach(this::u8);
    return this;
  }

  RawFrame hash(Hash128 hash) {
    hash.write(room(Hash128.BYTES));
    return this;
  }

  RawFrame string(byte... bytes) {
    return u16(bytes.length).raw(bytes);
  }

  RawFrame string(String text) {
    return string(text.getBytes(UTF_8));
  }

  RawFrame string(HostileName name) {
    return string(name.bytes().toArray());
  }

  RawFrame path(HostileName... names) {
    u8(names.length);
    Arrays.stream(names).forEach(this::string);
    return this;
  }

  /** Attributes of a file without content, or of a folder. */
  RawFrame attributes(boolean folder) {
    return u8(folder ? 1 : 0).u64(0).u64(1).u16(0755);
  }

  byte[] bytes() {
    byte[] bytes = Arrays.copyOf(out.array(), out.position());
    ByteBuffer.wrap(bytes).putInt(bytes.length - FrameHeader.BYTES);
    return bytes;
  }
}

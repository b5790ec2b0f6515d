package dev.ferry.protocol;

import java.nio.ByteBuffer;

/**
 * The eight bytes before every payload (spec section 3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                     length of the payload                     |
 * +---------------+---------------+-------------------------------+
 * |     type      |     flags     |           reserved            |
 * +---------------+---------------+-------------------------------+
 * </pre>
 *
 * @param length bytes of payload that follow, already checked against the limit
 * @param type null if the code is unknown and may be skipped
 */
public record FrameHeader(int length, FrameType type) {
  public static final int BYTES = 8;
  public static final int MAY_SKIP = 0x01;

  /**
   * Parses and checks a header: nothing is allocated or awaited by a claim that has not passed
   * here.
   *
   * @param buffer big-endian, with at least {@link #BYTES} remaining; they are consumed
   * @param limit the largest payload allowed now, in bytes; DATA is limited by its file instead
   *     once {@code limit} is {@link Limits#PAYLOAD}
   */
  public static FrameHeader parse(ByteBuffer buffer, int limit) throws ProtocolException {
    long length = Integer.toUnsignedLong(buffer.getInt());
    int code = Byte.toUnsignedInt(buffer.get());
    int flags = Byte.toUnsignedInt(buffer.get());
    int reserved = Short.toUnsignedInt(buffer.getShort());
    FrameType type = FrameType.of(code);
    long allowed =
        type == FrameType.DATA && limit == Limits.PAYLOAD
            ? Limits.LARGEST_CHUNK + Limits.DATA_OVERHEAD
            : limit;
    if (length > allowed) {
      throw new ProtocolException(
          "a frame of type 0x%02x claims %d bytes, at most %d are allowed here (spec 3.1)"
              .formatted(code, length, allowed));
    }
    if (reserved != 0 || (flags & ~MAY_SKIP) != 0) {
      throw new ProtocolException(
          "a frame of type 0x%02x has flags 0x%02x and reserved 0x%04x (spec 3.2)"
              .formatted(code, flags, reserved));
    }
    if (type == null && flags != MAY_SKIP) {
      throw new ProtocolException("a frame of unknown type 0x%02x (spec 11)".formatted(code));
    }
    return new FrameHeader((int) length, type);
  }
}

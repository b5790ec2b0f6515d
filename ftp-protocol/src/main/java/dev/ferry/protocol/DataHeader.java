package dev.ferry.protocol;

import java.nio.ByteBuffer;

/**
 * What stands before the content in a DATA frame (spec 8.2). The content itself is never part of an
 * object.
 *
 * <pre>
 * u32 entry | u8 flags | u64 offset | hash of the bytes | content hash, only if last | bytes …
 * </pre>
 *
 * @param entry the entry's number
 * @param offset where the bytes belong in the file
 * @param hash of the bytes that follow
 * @param contentHash of the whole file if this frame is the last one of the entry's WANT, else null
 * @param compressed whether a zstd frame follows, and the hash is of what is in it
 */
public record DataHeader(
    long entry, long offset, Hash128 hash, Hash128 contentHash, boolean compressed) {
  /** Bytes of the header with and without content hash, without the frame header. */
  public static final int BYTES = 29;

  public static final int LAST_BYTES = 45;
  private static final int LAST = 1;
  private static final int COMPRESSED = 2;

  /** The bytes follow as they are. */
  public DataHeader(long entry, long offset, Hash128 hash, Hash128 contentHash) {
    this(entry, offset, hash, contentHash, false);
  }

  /** Whether nothing more follows for this WANT. */
  public boolean last() {
    return contentHash != null;
  }

  /** The length of this header on the wire. */
  public int length() {
    return last() ? LAST_BYTES : BYTES;
  }

  /**
   * The length of the header that begins at the buffer's position, without consuming anything.
   *
   * @param payload with at least five bytes remaining
   */
  public static int lengthAt(ByteBuffer payload) {
    return (payload.get(payload.position() + 4) & LAST) == 0 ? BYTES : LAST_BYTES;
  }

  /** Writes the frame header and this one. */
  public void write(ByteBuffer out, int contentBytes) {
    out.putInt(length() + contentBytes).put((byte) FrameType.DATA.code()).put((byte) 0);
    out.putShort((short) 0);
    int flags = (last() ? LAST : 0) | (compressed ? COMPRESSED : 0);
    out.putInt((int) entry).put((byte) flags).putLong(offset);
    hash.write(out);
    if (last()) {
      contentHash.write(out);
    }
  }

  /** Reads it from a buffer that holds all of it; the content is left. */
  public static DataHeader read(ByteBuffer in) throws ProtocolException {
    if (in.remaining() < BYTES || in.remaining() < lengthAt(in)) {
      throw new ProtocolException("DATA has a payload that ends too early (spec 3.3)");
    }
    long entry = Integer.toUnsignedLong(in.getInt());
    int flags = Byte.toUnsignedInt(in.get());
    long offset = in.getLong();
    if ((flags & ~(LAST | COMPRESSED)) != 0) {
      throw new ProtocolException("DATA has flags 0x%02x (spec 8.2)".formatted(flags));
    }
    if (offset < 0) {
      throw new ProtocolException("DATA has an offset of 2^63 or more (spec 4)");
    }
    Hash128 hash = Hash128.read(in);
    Hash128 contentHash = (flags & LAST) == 0 ? null : Hash128.read(in);
    return new DataHeader(entry, offset, hash, contentHash, (flags & COMPRESSED) != 0);
  }
}

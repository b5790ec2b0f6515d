package dev.ferry.protocol;

import java.nio.ByteBuffer;

/** A 128-bit hash in canonical order: the high half first, big-endian (spec section 4). */
public record Hash128(long high, long low) {
  public static final int BYTES = 16;

  public static Hash128 read(ByteBuffer in) {
    return new Hash128(in.getLong(), in.getLong());
  }

  public void write(ByteBuffer out) {
    out.putLong(high).putLong(low);
  }

  /** 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return "%016x%016x".formatted(high, low);
  }
}

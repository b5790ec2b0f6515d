package dev.ferry.transfer.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Identity and time of change of a file as an opaque value of at most {@value #MAX_BYTES} bytes, to
 * be compared and nothing else. Values of different machines have nothing to do with each other.
 */
public final class Fingerprint {
  /** The longest fingerprint. */
  public static final int MAX_BYTES = 32;

  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A fingerprint that was kept or received as bytes. */
  public static Fingerprint of(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a fingerprint has at most " + MAX_BYTES + " bytes, not " + bytes.length);
    }
    return new Fingerprint(bytes.clone());
  }

  static Fingerprint of(long device, long file, long changed, long size) {
    return new Fingerprint(
        ByteBuffer.allocate(MAX_BYTES)
            .putLong(device)
            .putLong(file)
            .putLong(changed)
            .putLong(size)
            .array());
  }

  /** A copy of the value. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}

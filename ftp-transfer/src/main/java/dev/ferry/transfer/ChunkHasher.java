package dev.ferry.transfer;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.ferry.protocol.Hash128;
import java.nio.ByteBuffer;

/**
 * Computes XXH3-128 (spec 8.1) from an array, to which other bytes are copied first: on a direct
 * buffer the hash is four times as slow until the JVM's second compiler has taken it up, which
 * happens late in a short command or never. Used by one thread.
 */
final class ChunkHasher {
  private static final Hasher128 XXH3 = Hashing.xxh3_128();

  /** Larger chunks, which only files above 256 GiB have, are hashed piece by piece. */
  private static final int LARGEST = 256 << 10;

  private final HashStream128 stream = XXH3.hashStream();
  private byte[] array = new byte[0];

  /** The hash of what remains in the buffer, which stays as it is. */
  Hash128 hash(ByteBuffer bytes) {
    if (bytes.remaining() > LARGEST) {
      return begin().add(bytes).end();
    }
    if (bytes.hasArray()) {
      int start = bytes.arrayOffset() + bytes.position();
      return hash(XXH3.hashBytesTo128Bits(bytes.array(), start, bytes.remaining()));
    }
    int length = copy(bytes, bytes.position(), bytes.remaining());
    return hash(XXH3.hashBytesTo128Bits(array, 0, length));
  }

  /** Begins with bytes that come in pieces. */
  ChunkHasher begin() {
    stream.reset();
    return this;
  }

  /** Adds what remains in the buffer, which stays as it is. */
  ChunkHasher add(ByteBuffer bytes) {
    for (int at = bytes.position(); at < bytes.limit(); at += LARGEST) {
      int length = copy(bytes, at, Math.min(LARGEST, bytes.limit() - at));
      stream.putBytes(array, 0, length);
    }
    return this;
  }

  /** The hash of all pieces. */
  Hash128 end() {
    return hash(stream.get());
  }

  private int copy(ByteBuffer bytes, int from, int length) {
    if (array.length < length) {
      array = new byte[length];
    }
    bytes.get(from, array, 0, length);
    return length;
  }

  private static Hash128 hash(HashValue128 value) {
    return new Hash128(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }
}

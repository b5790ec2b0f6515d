package dev.ferry.transfer;

import com.dynatrace.hash4j.hashing.ByteAccess;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.Hash128;
import dev.ferry.transfer.store.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * The hashes of a file's chunks, and what follows from them (spec 8.1). Used by one thread at a
 * time.
 */
final class ContentHash {
  private static final Hasher128 XXH3 = Hashing.xxh3_128();
  private static final ByteAccess<ByteBuffer> LITTLE_ENDIAN =
      ByteAccess.forByteBuffer(ByteOrder.LITTLE_ENDIAN);

  private final long size;
  private final int chunks;
  private final ByteBuffer hashed;
  private final BitSet known = new BitSet();

  /**
   * None of the chunks is known yet.
   *
   * @param size of the file, in bytes, at most 32 TiB
   */
  ContentHash(long size) {
    this.size = size;
    this.chunks = Chunks.count(size);
    this.hashed = ByteBuffer.allocate(Long.BYTES + chunks * Hash128.BYTES).putLong(0, size);
  }

  /** The hash of what remains in the buffer, which stays as it is. */
  static Hash128 of(ByteBuffer bytes) {
    ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    HashValue128 value =
        XXH3.hashBytesTo128Bits(view, view.position(), view.remaining(), LITTLE_ENDIAN);
    return new Hash128(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /** Notes the hash of the chunk that begins at this offset. */
  void set(long offset, Hash128 hash) {
    int chunk = (int) (offset / Chunks.sizeFor(size));
    hash.write(hashed.position(Long.BYTES + chunk * Hash128.BYTES));
    known.set(chunk);
  }

  /** Whether all chunks are known. */
  boolean complete() {
    return known.cardinality() == chunks;
  }

  /** The content hash; all chunks must be known. */
  Hash128 whole() {
    return of(hashed.clear());
  }

  /** Reads a file and computes its content hash; null if it ended early. */
  static Hash128 of(Source source) throws IOException {
    long size = source.attributes().size();
    ContentHash content = new ContentHash(size);
    ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.lengthAt(0, size));
    for (long offset = 0; offset < size; offset += buffer.limit()) {
      buffer.clear().limit(Chunks.lengthAt(offset, size));
      if (source.read(buffer, offset) < buffer.limit()) {
        return null;
      }
      content.set(offset, of(buffer.flip()));
    }
    return content.whole();
  }
}

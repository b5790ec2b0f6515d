package dev.ferry.testkit;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Hash128;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The content of a file that is one chunk, or none, and how it is sent. */
final class OneChunk {
  static final OneChunk EMPTY = new OneChunk();

  private final byte[] bytes;

  private OneChunk(byte... bytes) {
    this.bytes = bytes;
  }

  static OneChunk of(String text) {
    return new OneChunk(text.getBytes(StandardCharsets.UTF_8));
  }

  Hash128 hash() {
    return hash(bytes);
  }

  /** What spec 8.1 makes of the size and the chunk's hash. */
  Hash128 contentHash() {
    ByteBuffer all = ByteBuffer.allocate(Long.BYTES + Hash128.BYTES).putLong(bytes.length);
    if (bytes.length > 0) {
      hash().write(all);
    }
    byte[] hashed = new byte[all.flip().remaining()];
    all.get(hashed);
    return hash(hashed);
  }

  static Hash128 hash(byte... bytes) {
    HashValue128 value = Hashing.xxh3_128().hashBytesTo128Bits(bytes);
    return new Hash128(value.getMostSignificantBits(), value.getLeastSignificantBits());
  }

  /** All of it, with the last word. Does not flush. */
  void send(Link link, long entry) throws IOException {
    link.sendData(new DataHeader(entry, 0, hash(), contentHash()), ByteBuffer.wrap(bytes));
  }
}

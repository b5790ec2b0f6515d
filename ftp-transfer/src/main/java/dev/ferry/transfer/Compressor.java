package dev.ferry.transfer;

import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.Zstd;
import java.nio.ByteBuffer;

/** Compresses the chunks that go over one connection, where that pays. Used by one thread. */
final class Compressor implements AutoCloseable {
  /** Smaller ones are not worth a frame of their own. */
  private static final int LEAST = 512;

  private final Link link;
  private final CompressionPolicy policy;
  private Zstd zstd;
  private ByteBuffer packed;

  Compressor(Link link, CompressionPolicy policy) {
    this.link = link;
    this.policy = policy;
  }

  /**
   * A frame of zstd that is to be sent for a chunk.
   *
   * @return null if the chunk itself is to be sent; else valid until the next call
   */
  ByteBuffer pack(ByteBuffer chunk) {
    int length = chunk.remaining();
    if (length < LEAST
        || length > Buffers.CHUNKS.size()
        || !link.compresses()
        || !policy.compresses()) {
      return null;
    }
    if (zstd == null) {
      zstd = new Zstd();
      packed = Buffers.CHUNKS.take();
    }
    long start = System.nanoTime();
    boolean smaller = zstd.compress(chunk, packed, length - length / 16);
    long took = System.nanoTime() - start;
    policy.compressed(length, smaller ? packed.remaining() : length, took);
    return smaller ? packed : null;
  }

  /** As {@link CompressionPolicy#sent}. */
  void sent(int length, boolean compressed, long writing, long all) {
    policy.sent(length, compressed, writing, all);
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
      Buffers.CHUNKS.give(packed);
      zstd = null;
    }
  }
}

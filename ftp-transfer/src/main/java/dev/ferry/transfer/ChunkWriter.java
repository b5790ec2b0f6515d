package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Hash128;
import dev.ferry.transfer.Outgoing.Piece;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.store.Source;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends pieces of files over one connection of a job, chunk by chunk. Used by one thread. */
final class ChunkWriter implements AutoCloseable {
  private final Link link;
  private final boolean own;
  private final SenderState state;
  private final Pace pace;
  private final ChunkHasher hasher = new ChunkHasher();
  private final Compressor compressor;
  private long reached;
  private ByteBuffer buffer = Buffers.CHUNKS.take();

  /**
   * @param own whether it is the job's own connection, which says {@code last}
   */
  ChunkWriter(Link link, boolean own, SenderState state, Pace pace, CompressionPolicy policy) {
    this.link = link;
    this.own = own;
    this.state = state;
    this.pace = pace;
    compressor = new Compressor(link, policy);
  }

  /**
   * Sends a piece, or as much of it as is of any use. The chunk that ends the file carries {@code
   * last} if nothing else is missing.
   *
   * @throws ConnectionLostException if this connection is lost; see {@link #reached}
   * @throws IOException if the file cannot be read, or changed
   */
  void send(Piece piece) throws IOException {
    Outgoing content = piece.content();
    Source source = content.source();
    long size = source.attributes().size();
    prepare(Chunks.lengthAt(0, size));
    long offset = piece.from();
    reached = offset;
    while (offset < piece.to() && !state.stopped(content.entry)) {
      long start = System.nanoTime();
      int length = Chunks.lengthAt(offset, size);
      if (source.read(buffer.clear().limit(length), offset) < length) {
        throw Outgoing.changed("became shorter while it was read");
      }
      Hash128 hash = hasher.hash(buffer.flip());
      content.hashed(offset, hash);
      boolean ends = own && offset + length == size;
      if (content.isWanted(offset)) {
        ByteBuffer packed = compressor.pack(buffer);
        ByteBuffer bytes = packed == null ? buffer : packed;
        long writing = System.nanoTime();
        pace.take(bytes.remaining());
        Hash128 whole = ends ? content.wholeIfLast() : null;
        link.sendData(
            new DataHeader(content.entry.number, offset, hash, whole, packed != null), bytes);
        long end = System.nanoTime();
        compressor.sent(length, packed != null, end - writing, end - start);
        state.moved(content.entry, length);
      }
      offset += length;
      reached = offset;
    }
  }

  /** Where in the file the first chunk begins that was not handed to this connection. */
  long reached() {
    return reached;
  }

  private void prepare(int largest) {
    if (largest > buffer.capacity()) {
      giveBuffer();
      buffer = ByteBuffer.allocateDirect(largest);
    }
  }

  @Override
  public void close() {
    compressor.close();
    giveBuffer();
  }

  private void giveBuffer() {
    if (buffer.capacity() == Buffers.CHUNKS.size()) {
      Buffers.CHUNKS.give(buffer);
    }
  }
}

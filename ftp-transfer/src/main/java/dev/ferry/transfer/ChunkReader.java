package dev.ferry.transfer;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the content of DATA frames from a link into staged files, through one buffer whatever a
 * frame claims: a larger chunk is staged in pieces, which does no harm, since only what verified is
 * ever published. Used by one thread.
 */
final class ChunkReader implements AutoCloseable {
  private final Link link;
  private final Tree tree;
  private final ByteBuffer buffer = Buffers.CHUNKS.take();

  ChunkReader(Link link, Tree tree) {
    this.link = link;
    this.tree = tree;
  }

  /**
   * Reads and stages the chunk of a DATA frame whose header was read.
   *
   * @return null, or why the entry fails; then the rest of the frame is left to be skipped
   * @throws IOException only what the link throws
   */
  Reason read(DataHeader header, Inbound inbound) throws IOException {
    int length = link.remaining();
    if (length > buffer.capacity()) {
      return readInPieces(header, inbound);
    }
    link.content(buffer.clear().limit(length));
    if (!ContentHash.of(buffer.flip()).equals(header.hash())) {
      return damaged();
    }
    Reason failure = length == 0 ? null : stage(inbound, header.offset());
    if (failure == null && length > 0) {
      inbound.verified(header.offset(), header.hash());
    }
    return failure;
  }

  private Reason readInPieces(DataHeader header, Inbound inbound) throws IOException {
    ContentHash.Pieces pieces = new ContentHash.Pieces();
    long offset = header.offset();
    while (link.remaining() > 0) {
      link.content(buffer.clear().limit(Math.min(buffer.capacity(), link.remaining())));
      pieces.add(buffer.flip());
      int length = buffer.remaining();
      Reason failure = stage(inbound, offset);
      if (failure != null) {
        return failure;
      }
      offset += length;
    }
    if (!pieces.hash().equals(header.hash())) {
      return damaged();
    }
    inbound.verified(header.offset(), header.hash());
    return null;
  }

  private Reason stage(Inbound inbound, long offset) {
    try {
      inbound.write(tree, offset, buffer);
      return null;
    } catch (IOException e) {
      return Errors.reason(e);
    }
  }

  private static Reason damaged() {
    return new Reason(ErrorCode.BAD_HASH, "a chunk did not verify");
  }

  @Override
  public void close() {
    Buffers.CHUNKS.give(buffer);
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the content of DATA frames from a link into staged files, through one buffer whatever a
 * frame claims: a larger chunk is staged in pieces, which does no harm, since only what verified is
 * ever published. Used by one thread.
 */
final class ChunkReader implements AutoCloseable {
  private final Link link;
  private final Pace pace;
  private final ChunkHasher hasher = new ChunkHasher();
  private final ByteBuffer buffer = Buffers.CHUNKS.take();

  ChunkReader(Link link, Pace pace) {
    this.link = link;
    this.pace = pace;
  }

  /** Bytes of the current frame that were not read yet. */
  int remaining() {
    return link.remaining();
  }

  /**
   * Reads and stages the chunk of a DATA frame whose header was read.
   *
   * @param length of the chunk, see {@link #length}
   * @return null, or why the entry fails; then the rest of the frame is left to be skipped
   * @throws IOException only what the link throws
   */
  Reason read(DataHeader header, int length, Part part) throws IOException {
    if (length > buffer.capacity()) {
      return readInPieces(header, part);
    }
    boolean whole = chunk(link, header, buffer.clear().limit(length), pace);
    if (!whole || !hasher.hash(buffer.flip()).equals(header.hash())) {
      return damaged();
    }
    return length == 0
        ? null
        : attempt(
            () -> {
              part.write(header.offset(), buffer);
              part.verified(header.offset(), header.hash());
            });
  }

  private Reason readInPieces(DataHeader header, Part part) throws IOException {
    hasher.begin();
    long offset = header.offset();
    while (link.remaining() > 0) {
      fill(link, buffer.clear().limit(Math.min(buffer.capacity(), link.remaining())), pace);
      hasher.add(buffer.flip());
      int length = buffer.remaining();
      long at = offset;
      Reason failure = attempt(() -> part.write(at, buffer));
      if (failure != null) {
        return failure;
      }
      offset += length;
    }
    if (!hasher.end().equals(header.hash())) {
      return damaged();
    }
    return attempt(() -> part.verified(header.offset(), header.hash()));
  }

  /**
   * How long the chunk is that a DATA frame brings in so many bytes.
   *
   * @param size of the file
   */
  static int length(DataHeader header, int bytes, long size) throws ProtocolException {
    if (!header.compressed()) {
      return bytes;
    }
    boolean may = header.offset() < size && Chunks.sizeFor(size) <= Buffers.CHUNKS.size();
    int length = may ? Chunks.lengthAt(header.offset(), size) : 0;
    if (bytes == 0 || bytes >= length) {
      throw new ProtocolException(
          "a chunk of %d compressed to %d bytes (spec 8.2)".formatted(length, bytes));
    }
    return length;
  }

  /**
   * Fills a direct buffer with the chunk of the current frame, no faster than it may come.
   *
   * @return false if it was damaged on the way
   */
  static boolean chunk(Link link, DataHeader header, ByteBuffer into, Pace pace)
      throws IOException {
    if (!header.compressed()) {
      fill(link, into, pace);
      return true;
    }
    ByteBuffer packed = Buffers.CHUNKS.take();
    try {
      fill(link, packed.limit(link.remaining()), pace);
      long claimed = Zstd.contentSize(packed.flip());
      if (claimed != into.remaining()) {
        throw new ProtocolException(
            "zstd that claims %d bytes for a chunk of %d (spec 8.2)"
                .formatted(claimed, into.remaining()));
      }
      return Zstd.decompress(packed, into);
    } finally {
      Buffers.CHUNKS.give(packed);
    }
  }

  /** Fills a buffer with content of the current frame, no faster than it may come. */
  private static void fill(Link link, ByteBuffer into, Pace pace) throws IOException {
    int end = into.limit();
    while (into.position() < end) {
      into.limit(Math.min(end - into.position(), pace.step()) + into.position());
      pace.take(into.remaining());
      link.content(into);
    }
  }

  /** Something done to the part, whose failure is not the link's. */
  private interface Step {
    void run() throws IOException;
  }

  private static Reason attempt(Step step) {
    try {
      step.run();
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

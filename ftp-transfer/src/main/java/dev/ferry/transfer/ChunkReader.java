package dev.ferry.transfer;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.link.Link;
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
   * @return null, or why the entry fails; then the rest of the frame is left to be skipped
   * @throws IOException only what the link throws
   */
  Reason read(DataHeader header, Part part) throws IOException {
    int length = link.remaining();
    if (length > buffer.capacity()) {
      return readInPieces(header, part);
    }
    fill(link, buffer.clear().limit(length), pace);
    if (!hasher.hash(buffer.flip()).equals(header.hash())) {
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

  /** Fills a buffer with content of the current frame, no faster than it may come. */
  static void fill(Link link, ByteBuffer into, Pace pace) throws IOException {
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

package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.store.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Sends the content of one file for one WANT (spec 8.2, 8.3): every chunk is read and hashed, those
 * that are wanted are sent, and the last DATA carries the content hash.
 */
final class Outgoing {
  private final Link link;
  private final long entry;
  private final Source source;
  private final List<Range> ranges;
  private final Watcher watcher;

  /** Who wants to know how it goes, and may end it. */
  interface Watcher {
    /** Asked before each chunk: whether to send no more. */
    boolean stopped();

    /** So many bytes were sent. */
    void moved(long bytes);

    /** The last DATA follows. */
    void ending();
  }

  /**
   * @param ranges null: everything; empty: only the content hash
   */
  Outgoing(Link link, long entry, Source source, List<Range> ranges, Watcher watcher) {
    this.link = link;
    this.entry = entry;
    this.source = source;
    this.ranges = ranges;
    this.watcher = watcher;
  }

  /**
   * Sends it, up to and with the last DATA.
   *
   * @return false if it stopped before the last DATA
   * @throws RefusedException if the source changed meanwhile
   */
  boolean send() throws IOException {
    long size = source.attributes().size();
    int largest = Chunks.lengthAt(0, size);
    ByteBuffer buffer =
        largest <= Buffers.CHUNKS.size()
            ? Buffers.CHUNKS.take()
            : ByteBuffer.allocateDirect(largest);
    try {
      return send(size, buffer);
    } finally {
      if (largest <= Buffers.CHUNKS.size()) {
        Buffers.CHUNKS.give(buffer);
      }
    }
  }

  private boolean send(long size, ByteBuffer buffer) throws IOException {
    ContentHash content = new ContentHash(size);
    long offset = 0;
    boolean ended = false;
    while (offset < size) {
      if (watcher.stopped()) {
        return false;
      }
      int length = Chunks.lengthAt(offset, size);
      buffer.clear().limit(length);
      if (source.read(buffer, offset) < length) {
        throw changed("became shorter");
      }
      Hash128 hash = ContentHash.of(buffer.flip());
      content.set(offset, hash);
      if (isWanted(offset)) {
        ended = offset + length == size;
        send(new DataHeader(entry, offset, hash, ended ? whole(content) : null), buffer);
      }
      offset += length;
    }
    if (!ended) {
      buffer.clear().limit(0);
      send(new DataHeader(entry, size, ContentHash.of(buffer), whole(content)), buffer);
    }
    return true;
  }

  private void send(DataHeader header, ByteBuffer chunk) throws IOException {
    int length = chunk.remaining();
    link.sendData(header, chunk);
    watcher.moved(length);
  }

  private Hash128 whole(ContentHash content) throws IOException {
    if (!source.current().fingerprint().equals(source.attributes().fingerprint())) {
      throw changed("was changed");
    }
    watcher.ending();
    return content.whole();
  }

  /** Whether these are ranges of the content of a file, from chunk to chunk (spec 7.5). */
  static void checkRanges(Want want, long size) throws ProtocolException {
    if (want.ranges() == null) {
      return;
    }
    int chunk = Chunks.sizeFor(size);
    for (Range range : want.ranges()) {
      long end = range.offset() + range.length();
      if (range.offset() % chunk != 0 || end > size || (end % chunk != 0 && end != size)) {
        throw new ProtocolException(
            "WANT of %d bytes at %d of a file of %d (spec 7.5)"
                .formatted(range.length(), range.offset(), size));
      }
    }
  }

  private boolean isWanted(long offset) {
    return ranges == null
        || ranges.stream().anyMatch(r -> offset >= r.offset() && offset - r.offset() < r.length());
  }

  private static RefusedException changed(String how) {
    return new RefusedException(
        ErrorCode.SOURCE_CHANGED, "the source " + how + " while it was read");
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.store.Source;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The content of one file for one WANT (spec 8.2, 8.3), shared piece by piece by all connections of
 * the job: every chunk is read and hashed, and those that are wanted are sent.
 */
final class Outgoing {
  /** What one writer takes at a time, in bytes; smaller files are not shared (spec 7.8). */
  static final int PIECE = 1 << 20;

  final Pending entry;
  private final NavigableMap<Long, Long> wanted;
  private final long size;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Deque<Piece> returned = new ArrayDeque<>(0);
  private ContentHash content;
  private Source source;
  private long next;
  private boolean begun;
  private int active;
  private Reason trouble;
  private boolean lastSent;

  /** A part of the content, from chunk to chunk. */
  record Piece(Outgoing content, long from, long to) {}

  /**
   * @param ranges null: everything; empty: only the content hash
   */
  Outgoing(Pending entry, List<Range> ranges) {
    this.entry = entry;
    this.size = entry.item.attributes().size();
    this.wanted = ranges == null ? null : new TreeMap<>();
    if (ranges != null) {
      ranges.forEach(range -> wanted.put(range.offset(), range.length()));
    }
  }

  /** Of the file, in bytes. */
  long size() {
    return size;
  }

  /** How many ranges are wanted. */
  int ranges() {
    return wanted == null ? 0 : wanted.size();
  }

  /** Whether several connections may send it. */
  boolean isShared() {
    return size > PIECE;
  }

  /** Whether {@link #take} has something to give. */
  boolean hasMore() {
    lock.lock();
    try {
      return !returned.isEmpty() || next < size || !begun;
    } finally {
      lock.unlock();
    }
  }

  /** The next piece, behind which {@link #finish} or {@link #giveBack} must follow; or null. */
  Piece take() {
    lock.lock();
    try {
      if (!hasMore()) {
        return null;
      }
      begun = true;
      active++;
      if (!returned.isEmpty()) {
        return returned.pop();
      }
      long from = next;
      next = Math.min(size, from + Math.max(PIECE, Chunks.sizeFor(size)));
      return new Piece(this, from, next);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The file, opened when it is first asked for.
   *
   * @throws RefusedException if it is not as it was announced any more
   */
  Source source() throws IOException {
    lock.lock();
    try {
      if (source == null) {
        source = entry.item.tree().open(entry.item.place());
        if (!isUnchanged(source.attributes().fingerprint())) {
          throw changed("was changed after it was announced");
        }
        content = new ContentHash(size);
      }
      return source;
    } finally {
      lock.unlock();
    }
  }

  private boolean isUnchanged(Object fingerprint) {
    return fingerprint.equals(entry.item.attributes().fingerprint());
  }

  /** A chunk was read and has this hash. */
  void hashed(long offset, Hash128 hash) {
    lock.lock();
    try {
      content.set(offset, hash);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the chunk that begins there is to be sent. */
  boolean isWanted(long offset) {
    if (wanted == null) {
      return true;
    }
    Map.Entry<Long, Long> range = wanted.floorEntry(offset);
    return range != null && offset - range.getKey() < range.getValue();
  }

  /**
   * The content hash, if all other pieces are sent and the caller is about to say so.
   *
   * @return null if something else is still to be sent
   * @throws RefusedException if the source changed meanwhile
   */
  Hash128 wholeIfLast() throws IOException {
    lock.lock();
    try {
      return active == 1 && !hasMore() && trouble == null ? whole() : null;
    } finally {
      lock.unlock();
    }
  }

  /** The content hash once all pieces are sent; it goes with the last DATA. */
  Hash128 whole() throws IOException {
    lock.lock();
    try {
      if (!isUnchanged(source.current().fingerprint())) {
        throw changed("was changed while it was read");
      }
      lastSent = true;
      entry.sent = true;
      return content.whole();
    } finally {
      lock.unlock();
    }
  }

  boolean isLastSent() {
    lock.lock();
    try {
      return lastSent;
    } finally {
      lock.unlock();
    }
  }

  /** Why it cannot be sent, or null. */
  Reason trouble() {
    lock.lock();
    try {
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  /** From now on there are no more pieces, for this reason; the first one counts. */
  void abandon(Reason why) {
    lock.lock();
    try {
      if (trouble == null) {
        trouble = why;
      }
      begun = true;
      next = size;
      returned.clear();
      closeIfIdle();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What is left of a piece is to be sent over another connection.
   *
   * @return true if it is not, so that the caller has to end the WANT
   */
  boolean giveBack(Piece piece, long from) {
    lock.lock();
    try {
      active--;
      if (trouble == null) {
        returned.push(new Piece(this, from, piece.to()));
      }
      return active == 0 && !hasMore();
    } finally {
      lock.unlock();
    }
  }

  /** A piece is done with; true if it was the last one, so that the caller has to end the WANT. */
  boolean finish() {
    lock.lock();
    try {
      active--;
      return active == 0 && !hasMore();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the file unless somebody is still at it. */
  void close() {
    lock.lock();
    try {
      closeIfIdle();
    } finally {
      lock.unlock();
    }
  }

  private void closeIfIdle() {
    if (active == 0 && source != null && !hasMore()) {
      source.close();
    }
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

  static RefusedException changed(String how) {
    return new RefusedException(ErrorCode.SOURCE_CHANGED, "the source " + how);
  }
}

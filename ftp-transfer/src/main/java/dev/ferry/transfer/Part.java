package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.link.Buffers;
import dev.ferry.transfer.store.Staged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A file that arrives: what is staged of it, and the hashes of the chunks that are there. Chunks
 * may come from several threads. It ends with {@link #take}, {@link #keep} or {@link #drop},
 * whichever is called first.
 */
final class Part {
  private final Parts parts;
  private final String name;
  private final Origin origin;
  private final Staged data;
  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();

  // Guarded by the lock.
  private final ContentHash content;
  private int writers;
  private boolean ended;
  private boolean fenced;

  /**
   * @param journal null if it cannot be continued later
   */
  Part(Parts parts, String name, Origin origin, Staged data, Journal journal) {
    this.parts = parts;
    this.name = name;
    this.origin = origin;
    this.data = data;
    this.journal = journal;
    content = new ContentHash(origin.size());
  }

  String name() {
    return name;
  }

  Origin origin() {
    return origin;
  }

  /** Takes up what an earlier job has left; nothing of that is proven yet. */
  void takeUp() throws IOException {
    long present = data.size();
    if (!journal.read(content, present)) {
      data.truncate(0);
    } else if (present > origin.size()) {
      data.truncate(origin.size());
    }
  }

  /**
   * Hashes what was taken up, and forgets what is damaged.
   *
   * @param stopped asked before each chunk, whether that is of no use any more
   */
  void prove(BooleanSupplier stopped) throws IOException {
    ChunkHasher hasher = new ChunkHasher();
    int largest = Chunks.lengthAt(0, origin.size());
    ByteBuffer buffer =
        largest <= Buffers.CHUNKS.size()
            ? Buffers.CHUNKS.take()
            : ByteBuffer.allocateDirect(largest);
    try {
      long offset = 0;
      while (offset < origin.size() && !stopped.getAsBoolean()) {
        int length = Chunks.lengthAt(offset, origin.size());
        Hash128 hash = known(offset);
        if (hash != null && !isThere(offset, buffer.clear().limit(length), hash, hasher)) {
          forget(offset);
        }
        offset += length;
      }
    } finally {
      if (largest <= Buffers.CHUNKS.size()) {
        Buffers.CHUNKS.give(buffer);
      }
    }
  }

  /** What cannot be read is as good as damaged: it is written again, which may mend it. */
  private boolean isThere(long offset, ByteBuffer buffer, Hash128 hash, ChunkHasher hasher) {
    try {
      data.read(buffer, offset);
      return hasher.hash(buffer.flip()).equals(hash);
    } catch (IOException _) {
      return false;
    }
  }

  private Hash128 known(long offset) {
    lock.lock();
    try {
      return content.get(offset);
    } finally {
      lock.unlock();
    }
  }

  private void forget(long offset) {
    lock.lock();
    try {
      content.forget(offset);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes a chunk or a piece of one, which counts once it is {@link #verified}. Nothing happens
   * once the part was taken: what comes then has come before.
   */
  void write(long offset, ByteBuffer bytes) throws IOException {
    if (!writes(1)) {
      return;
    }
    try {
      data.write(bytes, offset);
    } finally {
      writes(-1);
    }
  }

  /** Somebody begins to write, or is done; false if it is too late to begin. */
  private boolean writes(int change) throws IOException {
    lock.lock();
    try {
      if (change > 0) {
        throwIfFenced();
        if (ended) {
          return false;
        }
      }
      writers += change;
      idle.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The chunk at this offset is there and has this hash. */
  void verified(long offset, Hash128 hash) throws IOException {
    lock.lock();
    try {
      throwIfFenced();
      if (ended) {
        return;
      }
      boolean news = !hash.equals(content.get(offset));
      content.set(offset, hash);
      if (journal != null && news) {
        journal.add(offset, hash);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is not there, at most so many ranges. */
  List<Range> missing(int limit) {
    lock.lock();
    try {
      return content.missing(limit);
    } finally {
      lock.unlock();
    }
  }

  /** Whether all of it is there. */
  boolean complete() {
    lock.lock();
    try {
      return content.complete();
    } finally {
      lock.unlock();
    }
  }

  /** The content hash, once all of it is there. */
  Hash128 whole() {
    lock.lock();
    try {
      return content.whole();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all that is there. */
  void forget() {
    lock.lock();
    try {
      content.forgetAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands the whole file over to whoever publishes and closes it; {@link #published} is to be
   * called after that.
   */
  Staged take(FileAttributes attributes) throws IOException {
    lock.lock();
    try {
      throwIfFenced();
      if (ended) {
        throw new ClosedChannelException();
      }
      ended = true;
      awaitWriters();
      ended = false;
      data.setAttributes(attributes.modified(), attributes.mode());
      ended = true;
      return data;
    } finally {
      lock.unlock();
    }
  }

  /** What was taken is published or dropped: its name is free for another part. */
  void published() {
    if (journal != null) {
      journal.close();
      parts.release(this, false);
    }
  }

  /** Leaves it to a later job, if there is anything to continue. */
  void keep() {
    end(true);
  }

  /** Deletes it. */
  void drop() {
    end(false);
  }

  private void awaitWriters() {
    while (writers > 0) {
      idle.awaitUninterruptibly();
    }
  }

  /**
   * Takes it away from a job for another one, after the last write of the former; false if it is
   * whole and about to be published.
   */
  boolean fence() {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      fenced = true;
      awaitWriters();
    } finally {
      lock.unlock();
    }
    end(true);
    return true;
  }

  private void end(boolean keep) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      ended = true;
    } finally {
      lock.unlock();
    }
    if (journal == null) {
      data.close();
      return;
    }
    if (keep) {
      data.keep();
      journal.keep();
    }
    data.close();
    journal.close();
    parts.release(this, keep);
  }

  private void throwIfFenced() throws RefusedException {
    lock.lock();
    try {
      if (fenced) {
        throw new RefusedException(
            ErrorCode.IO, "a later transfer of the same file has taken this one over");
      }
    } finally {
      lock.unlock();
    }
  }
}

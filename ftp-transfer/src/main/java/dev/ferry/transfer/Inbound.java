package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.Frame.Entry;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Replace;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An entry that the receiver has not done with. What is called guarded belongs to {@link
 * ReceiverState}, all else to whoever holds the lock.
 */
final class Inbound {
  final long number;
  final int argument;
  final List<String> path;
  final FileAttributes attributes;
  final Origin origin;
  final TreePath target;

  /** Guards what happens to its content. */
  final ReentrantLock lock = new ReentrantLock();

  /** Guarded: it has its RESULT, or its ENTRY-ERROR. */
  boolean resolved;

  /** Guarded: a WANT whose end has not come. */
  boolean owed;

  /** It was handed to the committer, who will resolve it. */
  volatile boolean committing;

  /** What the file may replace, once it is whole. */
  Replace replace = Replace.NEVER;

  /** Content is not kept: it is only to be compared with what stands at the target. */
  boolean compared;

  /** Content is dropped: something went wrong. */
  volatile boolean dropped;

  /** Some of it is there from an earlier job, so that only the rest was asked for. */
  boolean continued;

  /** The content hash that the sender has said last. */
  Hash128 contentHash;

  /** Guarded: the last DATA came, and some chunks are still on their way over other connections. */
  boolean awaited;

  /** Guarded: how many joined connections had ended when it was asked for. */
  int losses;

  /** Guarded: bytes of content that came. */
  long moved;

  private volatile Part part;

  Inbound(Entry entry, TreePath target) {
    this.number = entry.number();
    this.argument = entry.argument();
    this.path = entry.path();
    this.attributes = entry.attributes();
    this.origin = Origin.of(entry);
    this.target = target;
  }

  long size() {
    return attributes.size();
  }

  /** Whether a chunk of this length may begin at this offset (spec 8.2). */
  boolean fits(long offset, int length, boolean last) {
    if (length == 0) {
      return last && offset == size();
    }
    return offset < size()
        && offset % Chunks.sizeFor(size()) == 0
        && length == Chunks.lengthAt(offset, size());
  }

  /** The part that its content goes to; null before the first {@link #begin}. */
  Part part() {
    return part;
  }

  /** Content begins to arrive in this part, unless the entry was discarded meanwhile. */
  void begin(Part first) {
    part = first;
    if (dropped) {
      first.drop();
    }
  }

  /** Drops what was staged, or leaves it to a later job. */
  void discard(boolean keep) {
    dropped = true;
    if (part == null) {
      return;
    }
    if (keep) {
      part.keep();
    } else {
      part.drop();
    }
  }
}

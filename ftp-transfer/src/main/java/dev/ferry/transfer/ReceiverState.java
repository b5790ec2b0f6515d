package dev.ferry.transfer;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.TransferListener.Side;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the reading thread of a {@link Receiver} shares with the committer: which entries are still
 * open, and what became of the others. No I/O happens under the lock.
 */
final class ReceiverState {
  private final Replies replies;
  private final TransferListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableMap<Long, Inbound> open = new TreeMap<>();
  private final Tally tally = new Tally();
  private int unresolved;
  private int owed;
  private Reason cancelled;
  private boolean over;

  ReceiverState(Replies replies, TransferListener listener) {
    this.replies = replies;
    this.listener = listener;
  }

  /** Notes a new entry. */
  void opened(Inbound entry) throws ProtocolException {
    lock.lock();
    try {
      open.put(entry.number, entry);
      unresolved++;
      if (unresolved > Limits.ENTRY_WINDOW) {
        throw new ProtocolException(
            "more than %d entries without RESULT (spec 7.3)".formatted(Limits.ENTRY_WINDOW));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The entry, or null if it is over. */
  Inbound entry(long number) {
    lock.lock();
    try {
      return open.get(number);
    } finally {
      lock.unlock();
    }
  }

  /** The entry, of which a WANT is open; null if there is none. */
  Inbound owing(long number) {
    lock.lock();
    try {
      Inbound entry = open.get(number);
      return entry == null || !entry.owed ? null : entry;
    } finally {
      lock.unlock();
    }
  }

  /** A WANT was sent, or is implied by mode all. */
  void owes(Inbound entry) {
    lock.lock();
    try {
      entry.owed = true;
      owed++;
    } finally {
      lock.unlock();
    }
  }

  /** The WANT of this entry has ended. */
  void delivered(Inbound entry) {
    lock.lock();
    try {
      if (entry.owed) {
        entry.owed = false;
        owed--;
      }
      forgetIfOver(entry);
    } finally {
      lock.unlock();
    }
  }

  /** The entry ends with a RESULT. */
  void resolve(Inbound entry, Status status, Reason reason) {
    lock.lock();
    try {
      if (resolved(entry, status, Side.RECEIVER, reason)) {
        replies.result(new Result(entry.number, 1, status, reason));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The entry ends by the sender's ENTRY-ERROR. */
  void ended(Inbound entry, Status status, Reason reason) {
    lock.lock();
    try {
      resolved(entry, status, Side.SENDER, reason);
    } finally {
      lock.unlock();
    }
  }

  /** Something ended that never was an entry. */
  void trouble(Frame.EntryError error) {
    lock.lock();
    try {
      tally.add(error.status());
    } finally {
      lock.unlock();
    }
    listener.ended(
        new TransferListener.Ended(
            error.argument(), error.path(), null, 0, error.status(), Side.SENDER, error.reason()));
  }

  /** Whether the sender owes nothing more. */
  boolean allDelivered() {
    lock.lock();
    try {
      return owed == 0;
    } finally {
      lock.unlock();
    }
  }

  /** The lowest number without RESULT; larger than any number if all have one. */
  long lowestOpen() {
    lock.lock();
    try {
      return open.isEmpty() ? Long.MAX_VALUE : open.firstKey();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until every entry that was handed to the committer has its RESULT. */
  void awaitResolved() {
    lock.lock();
    try {
      while (unresolved > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is not on its way to the disk: it will never be whole. */
  void giveUp(Side by, Reason reason) {
    lock.lock();
    try {
      for (Inbound entry : open.values().toArray(Inbound[]::new)) {
        if (!entry.committing) {
          entry.discard(true);
          resolved(entry, Status.FAILED, by, reason);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Asks the reading thread to stop; the first reason counts. False if the job is over already. */
  boolean cancel(Reason reason) {
    lock.lock();
    try {
      if (over) {
        return false;
      }
      if (cancelled == null) {
        cancelled = reason;
        replies.end(new Frame.Abort(reason));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  Reason cancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing can be cancelled. */
  void over() {
    lock.lock();
    try {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  /** How it stands, after so many bytes. */
  JobSummary summary(long bytes, Reason aborted) {
    lock.lock();
    try {
      return tally.summary(bytes, cancelled != null ? cancelled : aborted);
    } finally {
      lock.unlock();
    }
  }

  private boolean resolved(Inbound entry, Status status, Side by, Reason reason) {
    if (entry.resolved) {
      return false;
    }
    entry.resolved = true;
    unresolved--;
    tally.add(status);
    forgetIfOver(entry);
    changed.signalAll();
    listener.ended(
        new TransferListener.Ended(
            entry.argument, entry.path, entry.attributes, entry.moved, status, by, reason));
    return true;
  }

  private void forgetIfOver(Inbound entry) {
    if (entry.resolved && !entry.owed) {
      open.remove(entry.number);
    }
  }
}

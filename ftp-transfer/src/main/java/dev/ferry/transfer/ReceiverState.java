package dev.ferry.transfer;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.TransferListener.Side;
import dev.ferry.transfer.link.Link;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
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
  private long announced;
  private int unresolved;
  private int owed;
  private int awaited;
  private final Set<Link> sides = new HashSet<>();
  private int losses;
  private long received;
  private long shareable;
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
      announced = entry.number + 1;
      unresolved++;
      changed.signalAll();
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
      entry.losses = losses;
      owed++;
      shareable += entry.size() > Outgoing.PIECE ? entry.size() : 0;
      changed.signalAll();
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
      announced = error.number() + 1;
      tally.add(error.status());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listener.ended(
        new TransferListener.Ended(
            error.argument(), error.path(), null, 0, error.status(), Side.SENDER, error.reason()));
  }

  /** So much content came. */
  void moved(Inbound entry, long bytes) {
    lock.lock();
    try {
      entry.moved += bytes;
      received += bytes;
    } finally {
      lock.unlock();
    }
    listener.moved(bytes);
  }

  /** Whether the sender owes nothing more. */
  boolean allDelivered() {
    lock.lock();
    try {
      return owed == 0 && awaited == 0;
    } finally {
      lock.unlock();
    }
  }

  // ---- joined connections

  /** Waits until so many bytes of large files are wanted; false if the job is over before. */
  boolean awaitShareable(long bytes) {
    lock.lock();
    try {
      while (shareable < bytes && !over) {
        changed.awaitUninterruptibly();
      }
      return !over;
    } finally {
      lock.unlock();
    }
  }

  /** One more connection comes; false if there are too many or the job is over. */
  boolean join(Link link) {
    lock.lock();
    try {
      if (over || sides.size() == Limits.JOINED) {
        return false;
      }
      return sides.add(link);
    } finally {
      lock.unlock();
    }
  }

  /** A connection that came has ended; returns whose chunks may be lost with it. */
  List<Inbound> left(Link link) {
    lock.lock();
    try {
      sides.remove(link);
      losses++;
      changed.signalAll();
      return open.values().stream().filter(entry -> entry.awaited).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an entry to be announced; null if it is over, or the job is. */
  Inbound awaitEntry(long number) {
    lock.lock();
    try {
      while (number >= announced && !over) {
        changed.awaitUninterruptibly();
      }
      Inbound entry = open.get(number);
      return entry == null || entry.resolved ? null : entry;
    } finally {
      lock.unlock();
    }
  }

  /** Whether what is missing of this entry may still come over another connection. */
  boolean awaits(Inbound entry) {
    lock.lock();
    try {
      if (sides.isEmpty() || entry.losses != losses) {
        return false;
      }
      entry.awaited = true;
      awaited++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** It is not waited for any more. */
  void arrived(Inbound entry) {
    lock.lock();
    try {
      stopAwaiting(entry);
    } finally {
      lock.unlock();
    }
  }

  private void stopAwaiting(Inbound entry) {
    if (entry.awaited) {
      entry.awaited = false;
      awaited--;
      changed.signalAll();
    }
  }

  /** Whether a connection has ended since this entry was asked for. */
  boolean mayBeLost(Inbound entry) {
    lock.lock();
    try {
      return entry.losses != losses;
    } finally {
      lock.unlock();
    }
  }

  /** Waits while nothing can come over the job's own connection, but over others. */
  void awaitOthers() {
    lock.lock();
    try {
      while (owed == 0 && awaited > 0 && cancelled == null) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all joined connections, and waits until nobody reads from them. */
  void dismiss() {
    lock.lock();
    try {
      sides.forEach(Link::close);
      while (!sides.isEmpty()) {
        changed.awaitUninterruptibly();
      }
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
        changed.signalAll();
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
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How it stands. */
  JobSummary summary(Reason aborted) {
    lock.lock();
    try {
      return tally.summary(received, cancelled != null ? cancelled : aborted);
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
    stopAwaiting(entry);
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

package dev.ferry.transfer;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.TransferListener.Side;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the threads of a {@link Sender} share: the reader puts answers in and never blocks, the
 * writers take pieces out and wait when there are none. No I/O happens under the lock.
 */
final class SenderState {
  /** Entries announced ahead of the first answer to them, so that answers never run dry. */
  private static final int AHEAD = 2048;

  /** One, and one whose {@code last} is on its way while the next is already asked for. */
  private static final int OPEN_WANTS = 2;

  /** What the writer is to do next. */
  enum Task {
    SERVE,
    ANNOUNCE,
    WAIT,
    ABORT,
    FINISHED
  }

  private final TransferListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Pending> pending = new HashMap<>();
  private final Orders orders = new Orders();
  private boolean all;
  private long next;
  private int unanswered;
  private int unresolved;
  private int ranges;
  private long results;
  private long moved;
  private boolean announcedAll;
  private boolean finished;
  private Reason abort;
  private volatile boolean stopping;
  private final Tally tally = new Tally();

  SenderState(Frame.Mode mode, TransferListener listener) {
    this.all = mode == Frame.Mode.ALL;
    this.listener = listener;
  }

  // ---- the writer

  /** Notes a new entry; in mode all its content is ordered at once. */
  Pending announce(Walk.Item item) {
    lock.lock();
    try {
      Pending entry = new Pending(next++, item);
      pending.put(entry.number, entry);
      unresolved++;
      unanswered++;
      if (all) {
        orderAll(entry);
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** The number for an entry that ends as it is announced. */
  long announceTrouble(Walk.Trouble trouble) {
    lock.lock();
    try {
      tally.add(trouble.status());
      return next++;
    } finally {
      lock.unlock();
    }
  }

  void announcedAll() {
    lock.lock();
    try {
      announcedAll = true;
    } finally {
      lock.unlock();
    }
  }

  /** What to do now; never blocks. */
  Task task() {
    lock.lock();
    try {
      if (finished) {
        return Task.FINISHED;
      }
      if (abort != null) {
        return Task.ABORT;
      }
      boolean mayAnnounce = !announcedAll && unresolved < Limits.ENTRY_WINDOW;
      if (orders.isEmpty()) {
        return mayAnnounce ? Task.ANNOUNCE : Task.WAIT;
      }
      return mayAnnounce && !all && unanswered < AHEAD ? Task.ANNOUNCE : Task.SERVE;
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until there is something else to do than to wait. */
  void await() throws InterruptedException {
    lock.lock();
    try {
      while (task() == Task.WAIT) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is to be sent. */
  Orders orders() {
    return orders;
  }

  /** Pieces were given back. */
  void again(Outgoing content) {
    lock.lock();
    try {
      orders.again(content);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** So much content was sent. */
  void moved(Pending entry, long bytes) {
    lock.lock();
    try {
      entry.moved += bytes;
      moved += bytes;
    } finally {
      lock.unlock();
    }
    listener.moved(bytes);
  }

  /** Whether the content of this entry is of no use any more. */
  boolean stopped(Pending entry) {
    return entry.resolved || stopping;
  }

  /** Whether the whole job is of no use any more: nothing but ABORT is to be said. */
  boolean stopping() {
    return stopping;
  }

  /** The order was served to its last DATA. */
  void served(Outgoing content) {
    lock.lock();
    try {
      over(content);
      forgetIfOver(content.entry);
    } finally {
      lock.unlock();
    }
  }

  /** The order ends with ENTRY-ERROR; true unless the entry had its RESULT before. */
  boolean ended(Outgoing content, Reason reason) {
    lock.lock();
    try {
      over(content);
      boolean news = resolve(content.entry, Status.FAILED, Side.SENDER, reason);
      forgetIfOver(content.entry);
      return news;
    } finally {
      lock.unlock();
    }
  }

  /** The job was ended early by this side or the other; null if it was not. */
  Reason abortReason() {
    lock.lock();
    try {
      return abort;
    } finally {
      lock.unlock();
    }
  }

  long announced() {
    lock.lock();
    try {
      return next;
    } finally {
      lock.unlock();
    }
  }

  // ---- the reader

  /** Everything announced so far, and everything to come, is wanted (spec 7.2). */
  void allWanted() {
    lock.lock();
    try {
      all = true;
      for (long number = 0; number < next; number++) {
        Pending entry = pending.get(number);
        if (entry != null && !entry.answered) {
          orderAll(entry);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void want(Want want) throws ProtocolException {
    lock.lock();
    try {
      Pending entry = known(want.entry());
      if (entry == null || entry.resolved) {
        return;
      }
      if (!entry.item.attributes().isFile()) {
        throw new ProtocolException("WANT for a folder (spec 7.5)");
      }
      Outgoing.checkRanges(want, entry.item.attributes().size());
      ranges += want.ranges() == null ? 0 : want.ranges().size();
      if (entry.orders >= OPEN_WANTS || ranges > Limits.RANGES) {
        throw new ProtocolException("WANT while others are unanswered (spec 7.5)");
      }
      answered(entry);
      order(new Outgoing(entry, want.ranges()));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void result(Result result) throws ProtocolException {
    lock.lock();
    try {
      if (result.first() + result.count() > next) {
        throw new ProtocolException("RESULT for an entry never announced (spec 7.5)");
      }
      results += result.count();
      if (results > next) {
        throw new ProtocolException("more RESULTs than entries (spec 7.5)");
      }
      for (long number = result.first(); number < result.first() + result.count(); number++) {
        Pending entry = pending.get(number);
        if (entry != null) {
          entry.checkMayEnd(result.status());
          resolve(entry, result.status(), Side.RECEIVER, result.reason());
          forgetIfOver(entry);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops the writer at the next frame; the first reason counts. False if the job is over already.
   */
  boolean abort(Reason reason) {
    lock.lock();
    try {
      if (finished) {
        return false;
      }
      if (abort == null) {
        abort = reason;
      }
      stopping = true;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether JOB-DONE may come: all is announced and has its end, or the job was ended early. */
  boolean mayEnd() {
    lock.lock();
    try {
      return stopping || (announcedAll && unresolved == 0);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is to be written any more. */
  void finished() {
    lock.lock();
    try {
      finished = true;
      stopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    orders.stop(new Reason(ErrorCode.CANCELLED, "the job is over"));
  }

  /** How it stands, after so many bytes. */
  JobSummary summary() {
    lock.lock();
    try {
      return tally.summary(moved, abort);
    } finally {
      lock.unlock();
    }
  }

  // ---- under the lock

  private void orderAll(Pending entry) {
    answered(entry);
    if (entry.item.attributes().isFile()) {
      order(new Outgoing(entry, null));
      changed.signalAll();
    }
  }

  private void order(Outgoing content) {
    content.entry.orders++;
    orders.add(content);
  }

  private void over(Outgoing content) {
    content.entry.orders--;
    ranges -= content.ranges();
    orders.over(content);
  }

  private void answered(Pending entry) {
    if (!entry.answered) {
      entry.answered = true;
      unanswered--;
    }
  }

  private Pending known(long number) throws ProtocolException {
    if (number >= next) {
      throw new ProtocolException("WANT for an entry never announced (spec 7.5)");
    }
    return pending.get(number);
  }

  private boolean resolve(Pending entry, Status status, Side by, Reason reason) {
    if (entry.resolved) {
      return false;
    }
    answered(entry);
    entry.resolved = true;
    unresolved--;
    tally.add(status);
    listener.ended(entry.ended(status, by, reason));
    return true;
  }

  /** Tells of the entries that the end of the job cut off. */
  void tellCutOff() {
    lock.lock();
    try {
      pending.values().forEach(entry -> entry.tellIfCutOff(listener));
    } finally {
      lock.unlock();
    }
  }

  private void forgetIfOver(Pending entry) {
    if (entry.resolved && entry.orders == 0) {
      pending.remove(entry.number);
    }
  }
}

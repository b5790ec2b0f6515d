package dev.ferry.transfer;

import dev.ferry.protocol.Limits;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.Outgoing.Piece;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The contents that the connections of a job are to send. Small files wait for the job's own
 * connection, larger ones for any.
 */
final class Orders {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Outgoing> small = new ArrayDeque<>();
  private final Deque<Outgoing> shared = new ArrayDeque<>();
  private final Set<Outgoing> open = new HashSet<>();
  private long sharedBytes;
  private int joined;
  private boolean stopped;

  void add(Outgoing content) {
    lock.lock();
    try {
      open.add(content);
      (content.isShared() ? shared : small).add(content);
      sharedBytes += content.isShared() ? content.size() : 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is no piece to be sent. */
  boolean isEmpty() {
    lock.lock();
    try {
      return small.isEmpty() && shared.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next piece for the job's own connection, or null. */
  Piece piece() {
    lock.lock();
    try {
      boolean next =
          shared.isEmpty()
              || (!small.isEmpty() && small.peek().entry.number < shared.peek().entry.number);
      return takeFrom(next ? small : shared);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many bytes of shared contents were ordered; false if the job is over before. */
  boolean awaitShared(long bytes) {
    lock.lock();
    try {
      while (sharedBytes < bytes && !stopped) {
        changed.awaitUninterruptibly();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a piece for a joined connection; null when there will be none any more. */
  Piece awaitPiece() {
    lock.lock();
    try {
      Piece piece = null;
      while (piece == null && !stopped) {
        piece = takeFrom(shared);
        if (piece == null) {
          changed.awaitUninterruptibly();
        }
      }
      return piece;
    } finally {
      lock.unlock();
    }
  }

  /** What was abandoned meanwhile has no piece left. */
  private static Piece takeFrom(Deque<Outgoing> queue) {
    Piece piece = null;
    while (piece == null && !queue.isEmpty()) {
      Outgoing first = queue.peek();
      piece = first.take();
      if (!first.hasMore()) {
        queue.remove();
      }
    }
    return piece;
  }

  /** Pieces of this were given back. */
  void again(Outgoing content) {
    lock.lock();
    try {
      if (!shared.contains(content)) {
        shared.addFirst(content);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Its WANT has ended. */
  void over(Outgoing content) {
    lock.lock();
    try {
      open.remove(content);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is sent any more; what is open is closed once nobody is at it. */
  void stop(Reason why) {
    List<Outgoing> left;
    lock.lock();
    try {
      stopped = true;
      left = List.copyOf(open);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(content -> content.abandon(why));
  }

  /** One more connection comes; false if there are too many or the job is over. */
  boolean join() {
    lock.lock();
    try {
      if (stopped || joined == Limits.JOINED) {
        return false;
      }
      joined++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** One that came has gone. */
  void leave() {
    lock.lock();
    try {
      joined--;
    } finally {
      lock.unlock();
    }
  }
}

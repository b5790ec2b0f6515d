package dev.ferry.transfer;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends what a receiver says, from a thread of its own: so neither the thread that reads nor the
 * committer, which serves others too, ever waits for this peer. Neighbouring results travel as one
 * range.
 */
final class Replies {
  private static final int WANTS_PER_FRAME = 4096;
  private static final int RESULTS_PER_FRAME = 512;
  private static final int QUEUED = 8192;

  private final Link link;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private List<Want> wants = new ArrayList<>();
  private List<Result> results = new ArrayList<>();
  private Frame last;
  private boolean stopped;
  private Thread thread;

  Replies(Link link) {
    this.link = link;
  }

  void start() {
    thread = Thread.ofPlatform().daemon().name("ferry-replies").start(this::run);
  }

  void want(Want want) {
    lock.lock();
    try {
      wants.add(want);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  void result(Result result) {
    lock.lock();
    try {
      Result previous = results.isEmpty() ? null : results.getLast();
      if (previous != null
          && previous.status() == result.status()
          && result.status() != Status.FAILED
          && previous.first() + previous.count() == result.first()) {
        results.set(
            results.size() - 1,
            new Result(previous.first(), previous.count() + result.count(), result.status(), null));
      } else {
        results.add(result);
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits while the peer is far behind in taking what it is told: a peer that does not read must
   * not fill the memory. Only for the thread that reads, which may make the peer wait in return.
   */
  void awaitRoom() {
    lock.lock();
    try {
      while (wants.size() + results.size() > QUEUED && !stopped) {
        room.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends this behind the rest, and nothing after it. The first call counts. */
  void end(Frame frame) {
    lock.lock();
    try {
      if (last == null) {
        last = frame;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Drops what was not sent yet, and sends nothing any more. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all is sent; {@link #end} or {@link #stop} was called, or the link is closed. */
  void join() {
    Uninterrupted.run(thread::join);
  }

  private void run() {
    try {
      while (sendSome()) {
        link.flush();
      }
    } catch (IOException | InterruptedException _) {
      link.close();
      stop();
    }
  }

  /** Sends what there is; false after the last frame. */
  private boolean sendSome() throws IOException, InterruptedException {
    List<Want> wanted;
    List<Result> resolved;
    Frame end;
    lock.lock();
    try {
      while (wants.isEmpty() && results.isEmpty() && last == null && !stopped) {
        changed.await();
      }
      if (stopped) {
        return false;
      }
      wanted = wants;
      resolved = results;
      end = last;
      wants = new ArrayList<>();
      results = new ArrayList<>();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < wanted.size(); i += WANTS_PER_FRAME) {
      link.send(new Frame.Wants(wanted.subList(i, Math.min(i + WANTS_PER_FRAME, wanted.size()))));
    }
    for (int i = 0; i < resolved.size(); i += RESULTS_PER_FRAME) {
      link.send(
          new Frame.Results(resolved.subList(i, Math.min(i + RESULTS_PER_FRAME, resolved.size()))));
    }
    if (end != null) {
      link.sendNow(end);
    }
    return end == null;
  }
}

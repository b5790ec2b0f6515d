package dev.ferry.server.audit;

import dev.ferry.server.account.StateFolder;
import dev.ferry.transfer.Uninterrupted;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The audit log of a server while it runs. Events are handed to one thread, which writes what has
 * come several times a second and brings it to the disk once a second. Nothing is dropped: while
 * that is not possible it is tried again, and when {@value #ROOM} events wait, whoever adds one
 * waits too. Safe for use by many threads.
 */
public final class AuditLog implements AutoCloseable {
  /** Events that wait at most. */
  static final int ROOM = 8192;

  private static final Duration GATHERING = Duration.ofMillis(50);
  private static final Duration BETWEEN_SYNCS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final AuditFolder folder;
  private final Health health;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Thread writer;
  private final Allowance allowance = new Allowance(System.nanoTime());

  // Guarded by the lock.
  private final ArrayDeque<AuditEvent> waiting = new ArrayDeque<>();
  private boolean hurried;
  private boolean closed;

  private volatile boolean failing;

  // The writer's own.
  private boolean dirty;
  private long synced = System.nanoTime();

  /** Hears whether the log can be written. Called by the thread that writes it. */
  public interface Health {
    /** Something of it is missing or cannot be read. */
    void isDamaged(String how);

    /** It cannot any more. */
    void fails(Throwable why);

    /** It can again. */
    void works();

    /** It could not until the end, and so many events are lost. */
    void lost(int events);
  }

  private AuditLog(AuditFolder folder, Health health) {
    this.folder = folder;
    this.health = health;
    this.writer =
        folder == null
            ? null
            : Thread.ofPlatform().daemon().name("ferry-audit").unstarted(this::keepWriting);
  }

  /** One that keeps nothing. */
  public static AuditLog none() {
    return new AuditLog(null, null);
  }

  /**
   * The log in a state folder that this process is the server of.
   *
   * @param first is written before this returns
   * @throws IOException if it cannot be written
   */
  public static AuditLog open(StateFolder state, AuditEvent first, Health health)
      throws IOException {
    AuditFolder folder = AuditFolder.open(state, health::isDamaged);
    try {
      folder.append(List.of(first));
      folder.sync();
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
    AuditLog log = new AuditLog(folder, health);
    log.writer.start();
    return log;
  }

  /** Whether events are kept. */
  public boolean isKept() {
    return folder != null;
  }

  /** Whether the log cannot be written now, so that nobody new should be served. */
  public boolean isFailing() {
    return failing;
  }

  /** Has an event written soon. Waits while too many are waiting. */
  public void add(AuditEvent event) {
    if (folder == null) {
      return;
    }
    lock.lock();
    try {
      while (waiting.size() >= ROOM && !hurried) {
        room.awaitUninterruptibly();
      }
      waiting.add(event);
      if (waiting.size() == 1 || waiting.size() == ROOM / 2) {
        told.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The same for what anybody can make happen without logging in, at any rate: beyond a thousand
   * and ten a second such events are only counted, so that nobody fills the disk with them.
   */
  public void addOfStranger(AuditEvent event) {
    long uncounted = allowance.take(System.nanoTime());
    if (uncounted > 0) {
      add(AuditEvent.of("not-recorded").with("count", uncounted));
    }
    if (uncounted >= 0) {
      add(event);
    }
  }

  /** From now on nobody waits for room: the server ends. */
  public void hurry() {
    lock.lock();
    try {
      hurried = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- the writer

  private void keepWriting() {
    while (awaitWork()) {
      try {
        List<AuditEvent> group = gathered();
        if (!group.isEmpty()) {
          folder.append(group);
          dirty = true;
          written(group.size());
        }
        if (dirty && (isClosed() || untilSync() <= 0)) {
          folder.sync();
          dirty = false;
          synced = System.nanoTime();
        }
        succeeded();
      } catch (IOException | RuntimeException | Error e) {
        failed(e);
      }
    }
    if (!waiting.isEmpty()) {
      health.lost(waiting.size());
    }
  }

  /** Waits for something to do; false if nothing is left, or cannot be done. */
  private boolean awaitWork() {
    lock.lock();
    try {
      if (failing) {
        await(BETWEEN_TRIES.toNanos(), Integer.MAX_VALUE);
      }
      await(dirty ? untilSync() : Long.MAX_VALUE, 1);
      if (!waiting.isEmpty()) {
        await(GATHERING.toNanos(), ROOM / 2);
      }
      return !closed || (!failing && (dirty || !waiting.isEmpty()));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many events wait, the time is over, or the log is closed. */
  private void await(long nanos, int events) {
    long left = nanos;
    try {
      while (!closed && waiting.size() < events && left > 0) {
        left = told.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the writer", e);
    }
  }

  private long untilSync() {
    return synced + BETWEEN_SYNCS.toNanos() - System.nanoTime();
  }

  private List<AuditEvent> gathered() {
    lock.lock();
    try {
      return new ArrayList<>(waiting);
    } finally {
      lock.unlock();
    }
  }

  private void written(int events) {
    lock.lock();
    try {
      for (int i = 0; i < events; i++) {
        waiting.removeFirst();
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void succeeded() {
    if (failing) {
      failing = false;
      health.works();
    }
  }

  private void failed(Throwable why) {
    if (!failing) {
      failing = true;
      health.fails(why);
    }
  }

  /** Writes what waits, if that is possible, and waits until that is done. */
  @Override
  public void close() throws IOException {
    if (folder == null) {
      return;
    }
    if (allowance.left() > 0) {
      hurry();
      add(AuditEvent.of("not-recorded").with("count", allowance.left()));
    }
    lock.lock();
    try {
      closed = true;
      hurried = true;
      told.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    Uninterrupted.run(writer::join);
    folder.close();
  }
}

package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.Uninterrupted;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes were moved with tokens, in a file of its own that a thread writes once a second at
 * most: a process that is killed forgets what was moved in its last second. Safe for use by many
 * threads; the server alone writes it.
 */
final class Spent implements AutoCloseable {
  static final int VERSION = 1;

  /** Whoever narrows a token makes budgets without asking, so their number has a bound. */
  static final int BUDGETS_OF_A_TOKEN = 1000;

  private static final long PAUSE_MILLIS = 1000;

  /** Which tokens there are. */
  interface Issued {
    Set<Bytes> ids() throws IOException;
  }

  private final StateFile file;
  private final Issued issued;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final Condition ended = lock.newCondition();

  /** By token, then by budget; null until it is read. */
  private Map<Bytes, Map<String, Long>> moved;

  private Thread writer;
  private boolean changed;
  private boolean closed;
  private StateException failure;

  Spent(StateFile file, Issued issued) {
    this.file = file;
    this.issued = issued;
  }

  /** Reads the file unless that was done. */
  void load() throws IOException {
    lock.lock();
    try {
      if (moved == null) {
        moved = read();
      }
    } finally {
      lock.unlock();
    }
  }

  private Map<Bytes, Map<String, Long>> read() throws StateException {
    Map<Bytes, Map<String, Long>> read = new HashMap<>();
    for (StateLine line : file.read()) {
      if (!line.kind().equals("moved")) {
        throw line.wrong("there is no such record");
      }
      Bytes token = line.one("token", Fields.bytes(Token.ID_BYTES));
      String budget = line.one("budget", text -> text);
      long bytes = line.one("bytes", Fields.number(0, Long.MAX_VALUE));
      line.end();
      read.computeIfAbsent(token, _ -> new HashMap<>()).put(budget, bytes);
    }
    return read;
  }

  /**
   * Counts.
   *
   * @return the sum for the budget
   * @throws IOException if it cannot be kept; then nothing more may be moved
   */
  long add(Bytes token, String budget, long bytes) throws IOException {
    lock.lock();
    try {
      load();
      if (failure != null) {
        throw failure;
      }
      Map<String, Long> budgets = moved.computeIfAbsent(token, _ -> new HashMap<>());
      if (budgets.size() >= BUDGETS_OF_A_TOKEN && !budgets.containsKey(budget)) {
        throw new RefusedException(
            ErrorCode.QUOTA,
            "the token was narrowed to more than %d amounts".formatted(BUDGETS_OF_A_TOKEN));
      }
      long sum = budgets.getOrDefault(budget, 0L) + bytes;
      boolean overflow = bytes > 0 && sum < 0;
      budgets.put(budget, overflow ? Long.MAX_VALUE : Math.max(0, sum));
      changed = true;
      wakeWriter();
      return budgets.get(budget);
    } finally {
      lock.unlock();
    }
  }

  /** What was moved with a budget, as the server last wrote it. */
  long of(Bytes token, String budget) throws IOException {
    lock.lock();
    try {
      load();
      return moved.getOrDefault(token, Map.of()).getOrDefault(budget, 0L);
    } finally {
      lock.unlock();
    }
  }

  // ---- the writer

  private void wakeWriter() {
    if (writer == null && !closed) {
      writer = Thread.ofPlatform().daemon().name("ferry-spent").start(this::keepWriting);
    }
    told.signal();
  }

  private void keepWriting() {
    while (awaitChange()) {
      StateException failed = null;
      try {
        file.write(lines(known()));
      } catch (StateException e) {
        failed = e;
      }
      rest(failed);
    }
  }

  /** Returns false when it is closed and nothing is left to be written, or cannot be. */
  private boolean awaitChange() {
    lock.lock();
    try {
      while (!changed && !closed) {
        told.awaitUninterruptibly();
      }
      return changed && !(closed && failure != null);
    } finally {
      lock.unlock();
    }
  }

  /** The tokens there are; null if that cannot be seen now. */
  private Set<Bytes> known() {
    try {
      return issued.ids();
    } catch (IOException _) {
      return null;
    }
  }

  private List<String> lines(Set<Bytes> known) {
    lock.lock();
    try {
      if (known != null) {
        moved.keySet().retainAll(known);
      }
      changed = false;
      List<String> lines = new ArrayList<>();
      moved.forEach(
          (token, budgets) ->
              budgets.forEach((budget, bytes) -> lines.add(line(token, budget, bytes))));
      return lines;
    } finally {
      lock.unlock();
    }
  }

  private static String line(Bytes token, String budget, long bytes) {
    return new StateLine.Draft("moved")
        .with("token", token)
        .with("budget", budget)
        .with("bytes", bytes)
        .toString();
  }

  private void rest(StateException failed) {
    lock.lock();
    try {
      failure = failed;
      changed |= failed != null;
      long left = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
      while (!closed && left > 0) {
        left = ended.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the writer", e);
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is left, and waits until that is done. */
  @Override
  public void close() {
    Thread last;
    lock.lock();
    try {
      closed = true;
      told.signal();
      ended.signal();
      last = writer;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      Uninterrupted.run(last::join);
    }
  }
}

package dev.ferry.client;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.Joinable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Further connections for one job (spec 7.8). How many is given, or follows first from the round
 * trip and then from whether the last ones have helped. The job does not depend on any of them:
 * what cannot be opened or breaks is done without.
 *
 * <p>{@link #ask} goes before the opening of the job, {@link #answer} behind it, {@link #start}
 * before the job runs, {@link #close} behind it.
 */
final class Sides implements AutoCloseable {
  /** Content of large files from which another connection is worth its handshake, in bytes. */
  private static final long WORTH = 4 << 20;

  /** Below this one connection is enough. */
  private static final Duration LONG_WAY = Duration.ofMillis(20);

  /** One connection for each of these, to begin with, up to {@link #AT_FIRST}. */
  private static final Duration PER_CONNECTION = Duration.ofNanos(6_250_000);

  private static final int AT_FIRST = 16;
  private static final int AT_MOST = 32;
  private static final Duration TRIAL = Duration.ofSeconds(1);

  private final Connection first;
  private final int wanted;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private Bytes ticket;
  private long number;

  // Guarded by the lock.
  private final Set<Connection> open = new HashSet<>();
  private boolean closed;

  /**
   * @param wanted how many connections the job is to have, its own included; 0: as many as help
   */
  Sides(Connection first, int wanted) {
    this.first = first;
    this.wanted = wanted;
  }

  private boolean mayBeUsed() {
    return wanted > 1 || (wanted == 0 && first.isRemote());
  }

  /** Asks for a ticket. */
  void ask() throws IOException {
    if (mayBeUsed()) {
      first.send(new Frame.Issue());
    }
  }

  /** Reads the ticket, if one was asked for; the latest request is the one that opened the job. */
  void answer() throws IOException {
    if (mayBeUsed()) {
      number = first.requests();
      long start = System.nanoTime();
      ticket = ticket();
      first.tookAtMost(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** The ticket, or null if the server hands out none and goes on without. */
  private Bytes ticket() throws IOException {
    try {
      return switch (first.receive()) {
        case Frame.Ticket issued -> issued.secret();
        case Frame other -> throw Broken.answer(first, other);
      };
    } catch (RefusedException e) {
      if (!first.isOpen()) {
        throw e;
      }
      return null;
    }
  }

  /**
   * Opens connections from now on.
   *
   * @param moved bytes that the job has moved so far
   */
  void start(Joinable job, LongSupplier moved) {
    int atFirst = wanted > 0 ? wanted : forRoundTrip(first.roundTrip());
    if (ticket != null && atFirst > 1) {
      Thread.ofVirtual().name("ferry-sides").start(() -> run(job, atFirst, moved));
    }
  }

  /** How many connections to begin with. */
  static int forRoundTrip(Duration roundTrip) {
    return roundTrip.compareTo(LONG_WAY) < 0
        ? 1
        : (int) Math.min(AT_FIRST, roundTrip.dividedBy(PER_CONNECTION));
  }

  private void run(Joinable job, int atFirst, LongSupplier moved) {
    if (!job.awaitShareable(WORTH)) {
      return;
    }
    grow(job, atFirst - 1);
    if (wanted == 0) {
      growWhileItHelps(job, atFirst, moved);
    }
  }

  /**
   * Not before those that are there have come up to speed: until then any number of them seems to
   * help, and too many are slow to end.
   */
  private void growWhileItHelps(Joinable job, int atFirst, LongSupplier moved) {
    int connections = atFirst;
    boolean upToSpeed = false;
    long before = 0;
    while (connections < AT_MOST) {
      long start = moved.getAsLong();
      if (isOverWithin(TRIAL)) {
        return;
      }
      long now = moved.getAsLong() - start;
      boolean more = now > before + before / 4;
      if (upToSpeed && !more) {
        return;
      }
      if (upToSpeed || !more) {
        grow(job, connections);
        connections *= 2;
        upToSpeed = true;
      }
      before = now;
    }
  }

  private boolean isOverWithin(Duration time) {
    try {
      return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      return true;
    }
  }

  private void grow(Joinable job, int more) {
    for (int i = 0; i < more; i++) {
      Thread.ofPlatform().daemon().name("ferry-side").start(() -> carry(job));
    }
  }

  private void carry(Joinable job) {
    try (Connection side = first.another(ticket)) {
      if (!add(side)) {
        return;
      }
      side.send(new Frame.Join(number));
      if (side.receive() instanceof Frame.Ok && job.mayJoin(side.link())) {
        job.join(side.link());
      }
      remove(side);
    } catch (IOException _) {
      // The job goes on without it.
    }
  }

  private boolean add(Connection side) {
    lock.lock();
    try {
      return !closed && open.add(side);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Connection side) {
    lock.lock();
    try {
      open.remove(side);
    } finally {
      lock.unlock();
    }
  }

  /** Ends all of them at once. */
  @Override
  public void close() {
    over.countDown();
    lock.lock();
    try {
      closed = true;
      open.forEach(Connection::close);
    } finally {
      lock.unlock();
    }
  }
}

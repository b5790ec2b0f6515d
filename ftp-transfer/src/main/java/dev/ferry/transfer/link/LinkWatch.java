package dev.ferry.transfer.link;

import dev.ferry.protocol.Limits;
import java.io.IOException;
import java.time.Duration;

/**
 * The clock of a {@link Link}: sends ALIVE for a side that is waited for, and ends a connection
 * whose peer fell silent, dawdles over one frame, or missed a deadline (spec 5.4, 10). Runs in a
 * virtual thread of its own, which does nothing else.
 */
final class LinkWatch {
  private static final long NEVER = 0;

  private final Link link;
  private final LinkTimes times;
  private final Thread thread;
  private LinkWriter writer;
  private volatile boolean stopped;
  private volatile ConnectionLostException failure;
  private volatile boolean owing;
  private volatile Limit silence;
  private volatile Limit deadline;
  private volatile long lastWrite = System.nanoTime();
  private volatile long lastRead = System.nanoTime();
  private volatile long readBegan = NEVER;
  private volatile long writeBegan = NEVER;
  private volatile long frameBegan = NEVER;

  private record Limit(long since, Duration length, String why) {
    boolean isOver(long from, long now) {
      return now - from > length.toNanos();
    }
  }

  LinkWatch(Link link, LinkTimes times) {
    this.link = link;
    this.times = times;
    thread = Thread.ofVirtual().name("ferry-alive").unstarted(this::run);
  }

  void start(LinkWriter writer) {
    this.writer = writer;
    thread.start();
  }

  void stop() {
    stopped = true;
    if (!thread.equals(Thread.currentThread())) {
      thread.interrupt();
    }
  }

  LinkTimes times() {
    return times;
  }

  void owe(boolean now) {
    owing = now;
  }

  void expect(Duration limit, String why) {
    silence = limit == null ? null : new Limit(System.nanoTime(), limit, why);
  }

  void deadline(Duration limit, String why) {
    deadline = limit == null ? null : new Limit(System.nanoTime(), limit, why);
  }

  /** A read begins that may block. */
  void readBegins() {
    readBegan = System.nanoTime() | 1;
  }

  void readEnds() {
    lastRead = System.nanoTime();
    readBegan = NEVER;
  }

  /** A write begins that may block, or goes on after {@link Limits#LEAST_TAKEN} of it. */
  void writeBegins() {
    writeBegan = System.nanoTime() | 1;
  }

  /** Some of it was taken. */
  void wrote() {
    lastWrite = System.nanoTime();
  }

  void writeEnds() {
    writeBegan = NEVER;
  }

  void frameBegins() {
    if (frameBegan == NEVER) {
      frameBegan = System.nanoTime() | 1;
    }
  }

  void frameEnds() {
    frameBegan = NEVER;
  }

  ConnectionLostException failure() {
    return failure;
  }

  void failed(ConnectionLostException cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  private void run() {
    try {
      while (!stopped) {
        Thread.sleep(times.tick());
        long now = System.nanoTime();
        String broken = broken(now);
        if (broken != null) {
          link.fail(new ConnectionLostException(link.peer() + " " + broken));
          return;
        }
        if (owing && now - lastWrite > times.aliveEvery().toNanos()) {
          writer.alive();
        }
      }
    } catch (InterruptedException _) {
      // The link was closed.
    } catch (IOException e) {
      link.fail(new ConnectionLostException("the connection to " + link.peer() + " was lost", e));
    }
  }

  private static boolean isOlder(long began, long limit, long now) {
    return began != NEVER && now - began > limit;
  }

  /** What the peer did wrong, or null. */
  private String broken(long now) {
    Limit quiet = silence;
    long reading = readBegan;
    if (quiet != null && reading != NEVER && quiet.isOver(Math.max(reading, quiet.since()), now)) {
      return "%s for %d s".formatted(quiet.why(), quiet.length().toSeconds());
    }
    Limit due = deadline;
    if (due != null && due.isOver(due.since(), now)) {
      return "%s within %d s".formatted(due.why(), due.length().toSeconds());
    }
    long frame = times.frame().toNanos();
    if (isOlder(frameBegan, frame, now)) {
      return "took more than %d s for one frame".formatted(times.frame().toSeconds());
    }
    return stuck(now);
  }

  /**
   * Whether the peer does not take what is written to it. As long as it says something it may just
   * be slow: the system tells of progress in steps as large as a megabyte.
   */
  private String stuck(long now) {
    long writing = writeBegan;
    long sign = Math.max(writing, Math.max(lastWrite, lastRead));
    if (writing != NEVER && isOlder(sign, times.frame().toNanos(), now)) {
      return "took nothing for %d s".formatted(times.frame().toSeconds());
    }
    if (isOlder(writing, times.taking().toNanos(), now)) {
      return "took too little for %d s".formatted(times.taking().toSeconds());
    }
    return null;
  }
}

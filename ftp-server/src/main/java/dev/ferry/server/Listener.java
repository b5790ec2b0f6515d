package dev.ferry.server;

import dev.ferry.transfer.Uninterrupted;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Accepts connections, always: whether there is room for one is decided later, where it can be told
 * so. Runs on a platform thread of its own and never on anything else's time.
 *
 * <p>When accepting fails, a reserve descriptor is let go and the connection accepted with that: if
 * descriptors were what was missing, it is turned away instead of left hanging. What fails then too
 * is tried again after a pause that doubles up to a second; one line says that it began, one that
 * it is over. A defect is logged each time, and followed by the same pause.
 */
final class Listener implements Runnable {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Door door;
  private final Reserve reserve;
  private final Consumer<SocketChannel> guests;
  private final EventLog log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private Duration pause = SHORTEST_PAUSE;
  private long failures;

  /** What connections come through. */
  interface Door {
    /**
     * Waits for the next connection.
     *
     * @throws ClosedChannelException if the door was closed
     */
    SocketChannel accept() throws IOException;
  }

  /**
   * Listens as soon as it is run.
   *
   * @param guests takes over each connection at once, without waiting for anything
   */
  Listener(Door door, Reserve reserve, Consumer<SocketChannel> guests, EventLog log) {
    this.door = door;
    this.reserve = reserve;
    this.guests = guests;
    this.log = log;
  }

  /** Returns when the door is closed or {@link #stop()} was called. */
  @Override
  public void run() {
    try {
      while (closed.getCount() > 0) {
        try {
          next();
        } catch (RuntimeException | Error e) {
          failures++;
          log.defect(e).write();
          rest();
        }
      }
    } finally {
      ended.countDown();
    }
  }

  private void next() {
    try {
      admit(door.accept());
      recovered();
    } catch (ClosedChannelException _) {
      stop();
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Ends a pause. The door has to be closed as well. */
  void stop() {
    closed.countDown();
  }

  /** A closed door is not free for others before whoever waited in it has left. */
  void awaitEnd(Duration limit) {
    Uninterrupted.run(() -> ended.await(limit.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void admit(SocketChannel channel) throws IOException {
    try {
      guests.accept(channel);
    } catch (RuntimeException | Error e) {
      channel.close();
      log.defect(e).write();
    }
  }

  private void failed(IOException failure) {
    if (failures++ == 0) {
      log.error("accept-failed").with("msg", failure.getMessage()).write();
    }
    try {
      SocketChannel channel = reserve.accept(door);
      if (channel != null) {
        admit(channel);
        recovered();
      }
    } catch (ClosedChannelException _) {
      stop();
    } catch (IOException _) {
      rest();
    }
  }

  private void recovered() {
    if (failures > 0) {
      log.info("accept-works").with("failures", failures).write();
      failures = 0;
      pause = SHORTEST_PAUSE;
    }
  }

  private void rest() {
    try {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      stop();
    }
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}

package dev.ferry.server;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The platform threads on which all work on files runs, whatever kind of thread serves the
 * connections: JDK 25 does not make up for a virtual thread that is held up by a file or in a
 * native call, and as many slow ones as the machine has cores would stop every connection and its
 * ALIVE.
 *
 * <p>A connection does one thing at a time, so there are no more tasks than connections, and none
 * ever waits for a thread. The bound is twice that, because a thread that has just delivered its
 * result is not free yet when the next task comes.
 */
final class Workers implements AutoCloseable {
  private static final int KEPT_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  Workers(int connections) {
    threads =
        new ThreadPoolExecutor(
            0,
            2 * connections,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("ferry-worker-", 1).factory());
  }

  /** See {@link Handover#call}. */
  <T> T call(Callable<T> task) throws IOException {
    return Handover.call(threads, task);
  }

  Executor executor() {
    return threads;
  }

  /** Takes no further task; those under way go on. */
  @Override
  public void close() {
    threads.shutdown();
  }
}

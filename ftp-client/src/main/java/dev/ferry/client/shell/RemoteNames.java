package dev.ferry.client.shell;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Names in remote folders, for completion. A thread of its own asks for them on a connection of its
 * own, so that typing never waits longer than {@link #PATIENCE_MILLIS} and nothing stands in the
 * way of a transfer. What was found is good for a few seconds.
 *
 * <p>Called by the shell's thread only; the asking thread touches nothing but the lister and the
 * answer.
 */
final class RemoteNames implements AutoCloseable {
  static final long PATIENCE_MILLIS = 300;

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long REST_SECONDS = 20;
  private static final int MOST_FOLDERS = 64;

  private final Lister lister;
  private final LongSupplier nanoTime;
  private final Map<TreePath, CompletableFuture<Answer>> known = new HashMap<>();
  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("completion").factory());
  private Future<?> rest = CompletableFuture.completedFuture(null);

  /** Asks a server for the names in a folder; one call at a time. */
  interface Lister extends AutoCloseable {
    /** Blocks until the answer is there. */
    List<Named> list(TreePath folder) throws IOException;

    /** Nothing is wanted for now: whatever a call leaves open may be given back. */
    void rest();

    /** Ends a call in progress, which then fails. */
    @Override
    void close();
  }

  private record Answer(List<Named> names, long since) {}

  RemoteNames(Lister lister, LongSupplier nanoTime) {
    this.lister = lister;
    this.nanoTime = nanoTime;
  }

  /**
   * The names in a folder; none if it cannot be listed, or if the answer takes too long. In that
   * case it will be there for a later call.
   */
  List<Named> in(TreePath folder) {
    try {
      return ask(folder).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).names();
    } catch (TimeoutException | ExecutionException _) {
      return List.of();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** Forgets everything: something may have changed. */
  void forget() {
    known.clear();
  }

  /** Ends the asking thread and closes the lister. */
  @Override
  public void close() {
    lister.close();
    asking.shutdownNow();
  }

  private CompletableFuture<Answer> ask(TreePath folder) {
    CompletableFuture<Answer> earlier = known.get(folder);
    if (earlier != null && isGood(earlier)) {
      return earlier;
    }
    if (known.size() >= MOST_FOLDERS) {
      known.clear();
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    known.put(folder, answer);
    asking.execute(() -> fetch(folder, answer));
    rest.cancel(false);
    rest = asking.schedule(lister::rest, REST_SECONDS, TimeUnit.SECONDS);
    return answer;
  }

  /** An answer still awaited is good, whenever it was asked for; after a failure ask again. */
  private boolean isGood(CompletableFuture<Answer> answer) {
    if (!answer.isDone()) {
      return true;
    }
    return !answer.isCompletedExceptionally()
        && nanoTime.getAsLong() - answer.join().since() < FRESH_NANOS;
  }

  private void fetch(TreePath folder, CompletableFuture<Answer> answer) {
    try {
      answer.complete(new Answer(lister.list(folder), nanoTime.getAsLong()));
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }
}

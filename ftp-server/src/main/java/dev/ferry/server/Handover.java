package dev.ferry.server;

import dev.ferry.transfer.Uninterrupted;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Runs a task on another thread and waits for it. */
final class Handover {
  private Handover() {}

  /**
   * Returns what the task returns, and throws what it throws. An interrupt does not end the waiting
   * and never reaches the task, where it would close files in the middle of their use; it is kept.
   */
  static <T> T call(Executor executor, Callable<T> callable) throws IOException {
    FutureTask<T> task = new FutureTask<>(callable);
    executor.execute(task);
    try {
      Uninterrupted.run(task::get);
      return task.resultNow();
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private static IOException unwrapped(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }
}

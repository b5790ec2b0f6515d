package dev.ferry.client.cli;

import dev.ferry.client.Counts;
import dev.ferry.client.ItemResult;
import dev.ferry.client.ItemResult.Problem;
import dev.ferry.client.ItemResult.Status;
import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What becomes of the items of a command: tells it as it happens, and knows the exit code in the
 * end. Safe for use by many threads.
 */
final class Items {
  private final CommandContext context;
  private final String op;
  private final long start = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<Status, Long> counts = new EnumMap<>(Status.class);
  private long bytes;
  private long sent;
  private ExitCode failures;
  private Failure end;
  private boolean cut;

  Items(CommandContext context, String op) {
    this.context = context;
    this.op = op;
  }

  /**
   * An item has ended.
   *
   * @param id names the request in the logs of both ends, or null
   */
  void ended(ItemResult item, String id) {
    Problem problem = item.problem();
    ended(item, problem == null ? null : Failure.of(problem.reason(), problem.local()), id);
  }

  /** An item without content was done. */
  void done(String path, String id) {
    ended(new ItemResult(path, null, 0, 0, Status.DONE, null), null, id);
  }

  /**
   * An item without content failed.
   *
   * @throws IOException the same, if nothing more can come of the command
   */
  void failed(String path, IOException why, String id) throws IOException {
    Failure failure = Failure.of(why);
    if (failure.endsCommand()) {
      throw why;
    }
    ended(new ItemResult(path, null, 0, 0, Status.FAILED, null), failure, id);
  }

  /**
   * A file or folder was listed.
   *
   * @param path of it, from the root
   */
  void listed(RemoteFile file, TreePath path, String id) {
    ItemResult item =
        new ItemResult(
            path.toString(),
            file.kind(),
            file.size(),
            0,
            file.error() == null ? Status.DONE : Status.FAILED,
            null);
    Failure failure = file.error() == null ? null : Failure.of(file.error(), false);
    lock.lock();
    try {
      count(item, failure);
      if (context.options().json()) {
        print(
            json(op, item, failure, id)
                .put("kind", file.kind().name().toLowerCase(Locale.ROOT))
                .put("modified", file.modified().toString())
                .put("mode", "%04o".formatted(file.mode())));
      }
    } finally {
      lock.unlock();
    }
  }

  private void ended(ItemResult item, Failure failure, String id) {
    lock.lock();
    try {
      count(item, failure);
      if (context.options().json()) {
        print(json(op, item, failure, id));
      }
    } finally {
      lock.unlock();
    }
  }

  private void count(ItemResult item, Failure failure) {
    counts.merge(item.status(), 1L, Long::sum);
    bytes = Counts.sum(bytes, item.size());
    sent += item.sent();
    if (item.status() == Status.FAILED) {
      failures = failures == null ? failure.code() : failures.and(failure.code());
    }
    if (failure != null) {
      context.messages().failed(shown(item), failure, Hints.next(op, failure, context.isShell()));
    }
  }

  /** The path that a failure is about, a local one as it would be typed. */
  private String shown(ItemResult item) {
    String at = item.problem() == null ? null : item.problem().at();
    if (at == null) {
      return item.path();
    }
    String folder = context.localFolder() + "/";
    return at.startsWith(folder) ? at.substring(folder.length()).replaceFirst("^\\./", "") : at;
  }

  /** The command ends before its time; what follows from the first reason is not told. */
  void stopped(IOException why) {
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      end = Failure.of(why);
      cut |= why instanceof OutputException;
      context.messages().failed(end, Hints.next(op, end, context.isShell()));
    } finally {
      lock.unlock();
    }
  }

  /** The job begins anew: what failed or was skipped will be heard of again. */
  void again() {
    lock.lock();
    try {
      counts.remove(Status.FAILED);
      counts.remove(Status.SKIPPED);
      failures = null;
    } finally {
      lock.unlock();
    }
  }

  /** Writes the summary that {@code --json} promises, and says what the command ends with. */
  ExitCode finish() {
    lock.lock();
    try {
      if (context.options().json()) {
        print(summary());
      }
      return code();
    } finally {
      lock.unlock();
    }
  }

  private ExitCode code() {
    if (end != null) {
      return end.code();
    }
    if (failures == null) {
      return ExitCode.OK;
    }
    return count(Status.DONE) + count(Status.UNCHANGED) > 0 ? ExitCode.MIXED : failures;
  }

  private long count(Status status) {
    return counts.getOrDefault(status, 0L);
  }

  /** A line of results; if nobody reads them any more, what runs is cancelled. */
  private void print(Json line) {
    if (cut) {
      return;
    }
    try {
      context.io().out().line(line.toString());
    } catch (OutputException e) {
      stopped(e);
      context.cancel();
    }
  }

  static Json json(String op, ItemResult item, Failure failure, String id) {
    return new Json()
        .put("type", "item")
        .put("op", op)
        .put("path", item.path())
        .put("bytes", item.size())
        .put("sent", item.sent())
        .put("status", item.status().name().toLowerCase(Locale.ROOT))
        .put("code", failure == null ? null : failure.wireName())
        .put("error", failure == null ? null : failure.plainText())
        .put("retryable", failure != null && failure.retryable())
        .put("id", id);
  }

  private Json summary() {
    return new Json()
        .put("type", "summary")
        .put("op", op)
        .put("done", count(Status.DONE))
        .put("unchanged", count(Status.UNCHANGED))
        .put("skipped", count(Status.SKIPPED))
        .put("failed", count(Status.FAILED))
        .put("bytes", bytes)
        .put("sent", sent)
        .putSeconds("seconds", System.nanoTime() - start)
        .put("exit", code().number())
        .put("code", end == null ? null : end.wireName())
        .put("error", end == null ? null : end.plainText())
        .put("retryable", end != null && end.retryable());
  }
}

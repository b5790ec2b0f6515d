package dev.ferry.client.cli;

import dev.ferry.client.FileKind;
import dev.ferry.client.ItemResult;
import dev.ferry.client.ItemResult.Status;
import dev.ferry.client.JobListener;
import dev.ferry.client.JobReport;
import dev.ferry.client.Remote;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows a job while it runs, and sums it up in the end. */
final class Transfer implements JobListener {
  private final CommandContext context;
  private final Items items;
  private final Remote server;
  private final Progress progress;

  /** A job that is about to run. */
  @FunctionalInterface
  interface Job {
    JobReport run(JobListener listener) throws IOException;
  }

  private Transfer(CommandContext context, Items items, Remote server) {
    this.context = context;
    this.items = items;
    this.server = server;
    progress = context.newProgress();
  }

  /**
   * Runs a job.
   *
   * @param title what it does, for people
   */
  static void run(CommandContext context, Items items, Target target, String title, Job job)
      throws IOException {
    new Transfer(context, items, target.server()).run(title, job);
  }

  private void run(String title, Job job) throws IOException {
    long start = System.nanoTime();
    JobReport report;
    context.messages().progress(progress);
    progress.start(title);
    try {
      report = job.run(this);
    } finally {
      progress.finish();
      context.messages().progress(Progress.NONE);
    }
    if (report.aborted() != null) {
      throw new RefusedException(report.aborted());
    }
    if (!context.options().json()) {
      context.messages().note(summary(report, System.nanoTime() - start));
    }
  }

  private static String summary(JobReport report, long nanos) {
    List<String> parts = new ArrayList<>();
    if (report.files() > 0) {
      parts.add(
          "%s, %s in %s (%s), all verified"
              .formatted(
                  Words.count(report.files(), "file"),
                  Words.size(report.bytes()),
                  Words.duration(nanos),
                  Words.speed(report.sent(), nanos)));
    } else if (report.done() > 0) {
      parts.add(Words.count(report.done(), "folder"));
    }
    add(parts, report.unchanged(), "unchanged");
    add(parts, report.skipped(), "skipped");
    add(parts, report.failed(), "failed");
    return parts.isEmpty() ? "nothing to do" : String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  // ---- from the job

  @Override
  public boolean wantsTotals() {
    return progress.wantsTotals();
  }

  @Override
  public void announced(String path, FileKind kind, long size) {
    progress.announced(path, kind, size);
  }

  @Override
  public void foreseen(long files, long bytes) {
    progress.foreseen(files, bytes);
  }

  @Override
  public void moved(long bytes) {
    progress.moved(bytes);
  }

  @Override
  public void ended(ItemResult item) {
    progress.ended(item);
    items.ended(item, server.lastRequest());
    if (item.status() == Status.DONE || item.status() == Status.UNCHANGED) {
      context
          .messages()
          .detail(
              "%s: %s, %s"
                  .formatted(
                      Printable.text(item.path()),
                      item.status() == Status.DONE ? "done" : "unchanged",
                      item.kind() == FileKind.FOLDER ? "folder" : Words.size(item.size())));
    }
  }

  @Override
  public void totals(long count, long bytes) {
    progress.totals(count, bytes);
  }

  @Override
  public void awaiting(String what) {
    progress.awaiting(what);
  }

  @Override
  public void weaklyConfined(Path folder) {
    context
        .messages()
        .detail(
            "%s: this system cannot guard a folder by handles; paths are checked instead"
                .formatted(Printable.text(folder.toString())));
  }

  @Override
  public void again() {
    progress.again();
    items.again();
  }
}

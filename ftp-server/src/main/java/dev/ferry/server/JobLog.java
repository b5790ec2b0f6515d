package dev.ferry.server;

import dev.ferry.protocol.Frame.Status;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.TransferListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The lines of the log about one job: one for each entry that failed, up to a limit, and one for
 * the whole. They are written when the job is over, because nothing that hears a job may block it;
 * the audit log hears of each entry at once, and holds the job up only if it cannot be written.
 */
final class JobLog implements TransferListener {
  private static final int FAILURES_SHOWN = 1000;

  private final EventLog log;
  private final UnaryOperator<Event> about;
  private final JobAudit audit;
  private final List<Ended> failures = new ArrayList<>();
  private final long began = System.nanoTime();
  private long unshown;

  /**
   * A log of one job.
   *
   * @param about adds to a line which job it is about
   */
  JobLog(EventLog log, UnaryOperator<Event> about, JobAudit audit) {
    this.log = log;
    this.about = about;
    this.audit = audit;
  }

  /** What has to be told where the entries of the job lie. */
  JobAudit audit() {
    return audit;
  }

  @Override
  public void moved(long bytes) {
    audit.moved(bytes);
  }

  @Override
  public void ended(Ended entry) {
    audit.ended(entry);
    remember(entry);
  }

  @Override
  public void cutOff(Ended entry) {
    audit.ended(entry);
  }

  private synchronized void remember(Ended entry) {
    if (entry.status() != Status.FAILED) {
      return;
    }
    if (failures.size() < FAILURES_SHOWN) {
      failures.add(entry);
    } else {
      unshown++;
    }
  }

  /** The job is over in order. */
  void finished(String event, JobSummary summary) {
    audit.finished(summary);
    Event line = begin(event);
    line.with("done", summary.done())
        .with("unchanged", summary.unchanged())
        .with("skipped", summary.skipped())
        .with("failed", summary.failed())
        .with("bytes", summary.bytes())
        .since(began)
        .reason(summary.aborted())
        .write();
  }

  /** The job ended with the connection, or was refused. */
  void broken(String event, IOException failure) {
    audit.broken(failure);
    begin(event).since(began).with("msg", failure.getMessage()).write();
  }

  private synchronized Event begin(String event) {
    for (Ended entry : failures) {
      about
          .apply(log.warn(event + "-failed"))
          .path("entry", entry.path())
          .reason(entry.reason())
          .write();
    }
    Event line = about.apply(log.info(event));
    return unshown == 0 ? line : line.with("unshown", unshown);
  }
}

package dev.ferry.server;

import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.server.audit.AuditLog;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.TransferListener.Ended;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * The events of the audit log about one job: one for each file that was moved or failed, and each
 * folder that was made, and one for the whole. What was found unchanged or skipped is only counted.
 */
final class JobAudit {
  private final AuditLog log;
  private final String verb;
  private final UnaryOperator<AuditEvent> about;
  private final AtomicLong bytes = new AtomicLong();
  private volatile Places places;

  /** Where an entry of the job lies, as components below the served root. */
  interface Places {
    List<String> of(int argument, List<String> path) throws IOException;
  }

  /**
   * Nothing has happened yet.
   *
   * @param verb {@code get} or {@code put}
   * @param about adds to an event which job it is about
   */
  JobAudit(AuditLog log, String verb, UnaryOperator<AuditEvent> about) {
    this.log = log;
    this.verb = verb;
    this.about = about;
  }

  /** Told before the first entry. */
  void places(Places known) {
    places = known;
  }

  void moved(long count) {
    bytes.addAndGet(count);
  }

  void ended(Ended entry) {
    if (!log.isKept() || !isWorthAnEvent(entry)) {
      return;
    }
    boolean folder = isFolder(entry);
    AuditEvent event =
        about
            .apply(AuditEvent.of(verb + (folder ? "-folder" : "-file")))
            .with("path", place(entry));
    if (entry.attributes() != null && !folder) {
      event.with("size", entry.attributes().size());
    }
    log.add(
        event
            .with("bytes", entry.moved())
            .with("complete", entry.status() == Status.DONE)
            .reason(entry.reason()));
  }

  private boolean isWorthAnEvent(Ended entry) {
    return switch (entry.status()) {
      case DONE -> !(isFolder(entry) && verb.equals("get"));
      case FAILED -> true;
      case UNCHANGED, SKIPPED -> false;
    };
  }

  private static boolean isFolder(Ended entry) {
    return entry.attributes() != null && entry.attributes().kind() == Kind.FOLDER;
  }

  private String place(Ended entry) {
    List<String> path;
    try {
      path = places.of(entry.argument(), entry.path());
    } catch (IOException _) {
      path = entry.path(); // It was never allowed to have a place.
    }
    return "/" + String.join("/", path);
  }

  /** The job is over in order. */
  void finished(JobSummary summary) {
    log.add(
        about
            .apply(AuditEvent.of(verb))
            .with("done", summary.done())
            .with("unchanged", summary.unchanged())
            .with("skipped", summary.skipped())
            .with("failed", summary.failed())
            .with("bytes", summary.bytes())
            .with("complete", summary.failed() == 0 && summary.aborted() == null)
            .reason(summary.aborted()));
  }

  /** The job ended with the connection, or was refused. */
  void broken(IOException failure) {
    log.add(
        about
            .apply(AuditEvent.of(verb))
            .with("bytes", bytes.get())
            .with("complete", false)
            .reason(Errors.reason(failure)));
  }
}

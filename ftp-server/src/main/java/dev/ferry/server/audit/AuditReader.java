package dev.ferry.server.audit;

import dev.ferry.server.account.FileGuard;
import dev.ferry.server.account.StateFolder;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads an audit log from its oldest file to its end, and stops where it is not as it was written.
 * Used by one thread, once.
 */
public final class AuditReader {
  /** The event that says that a writer found something missing. */
  static final String DAMAGED = "audit-damaged";

  private static final int BUFFER = 256 << 10;

  private final AuditLine[] noted;
  private AuditLine last = AuditLine.NONE;
  private long count;
  private long first;

  private AuditReader(AuditLine... noted) {
    this.noted = noted;
  }

  /**
   * An intact log.
   *
   * @param first the sequence number that it begins with; 1 unless older files were taken away
   * @param head {@code SEQ:HASH} of its last event
   */
  public record Intact(long events, long first, String head) {}

  /**
   * Checks a log, also while a server writes it.
   *
   * @param expected null, or the {@code SEQ:HASH} of an event, as it was noted before
   * @throws NotIntactException naming the first place that is wrong
   * @throws IllegalArgumentException if {@code expected} is no such thing
   */
  public static Intact verify(StateFolder state, String expected) throws IOException {
    AuditLine noted = expected == null ? null : AuditLine.parse(expected);
    if (expected != null && noted == null) {
      throw new IllegalArgumentException("an event is noted as SEQ:HASH, as verify prints it");
    }
    AuditFiles files = new AuditFiles(state);
    if (!files.isThere()) {
      throw new NotIntactException("there is no audit log in " + state.path());
    }
    files.requireFolder();
    List<Path> all;
    long length;
    AuditLine head;
    try (FileGuard _ = files.guard()) {
      all = files.all();
      length = all.isEmpty() ? 0 : Files.size(all.getLast());
      head = files.head();
    }
    if (head == null) {
      throw new NotIntactException(state.path() + "/audit.head is missing or damaged");
    }
    AuditReader reader = noted == null ? new AuditReader(head) : new AuditReader(head, noted);
    for (Path file : all) {
      reader.read(file, file.equals(all.getLast()) ? length : Long.MAX_VALUE);
    }
    return reader.result();
  }

  private Intact result() throws NotIntactException {
    for (AuditLine one : noted) {
      if (one.seq() > last.seq()) {
        throw new NotIntactException(
            "the audit log ends with event %d, and event %d was there before"
                .formatted(last.seq(), one.seq()));
      }
      if (one.seq() < first && one.seq() > 0) {
        throw new NotIntactException(
            "the audit log begins with event %d, and has no event %d to compare"
                .formatted(first, one.seq()));
      }
    }
    return new Intact(count, first, last.toString());
  }

  private void read(Path file, long length) throws IOException {
    byte[] line = new byte[AuditLine.LONGEST];
    int at = 0;
    long number = 1;
    long left = length;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      for (int next = in.read(); next >= 0 && left > 0; next = in.read(), left--) {
        if (next == '\n') {
          check(file, number, line, at);
          number++;
          at = 0;
        } else if (at == line.length) {
          throw wrong(file, number, "it is too long");
        } else {
          line[at++] = (byte) next;
        }
      }
    }
    if (at > 0) {
      throw wrong(file, number, "it has no end: its writer died, and the next one repairs that");
    }
  }

  private void check(Path file, long number, byte[] line, int length) throws NotIntactException {
    AuditLine.Parsed parsed = AuditLine.parse(line, length);
    if (parsed == null) {
      throw wrong(file, number, "it is no event");
    }
    if (number == 1 && parsed.seq() != AuditFiles.number(file)) {
      throw wrong(file, number, "it is event %d, and not the file's first".formatted(parsed.seq()));
    }
    if (count > 0 || parsed.seq() == 1) {
      checkChain(file, number, parsed);
    }
    if (parsed.event().equals(DAMAGED)) {
      throw wrong(file, number, "the server found the log damaged here: this event says how");
    }
    first = count == 0 ? parsed.seq() : first;
    count++;
    last = AuditLine.at(parsed.seq(), line, length);
    for (AuditLine one : noted) {
      if (one.seq() == last.seq() && !one.equals(last)) {
        throw wrong(
            file, number, "it was changed: event %d had another SHA-256".formatted(one.seq()));
      }
    }
  }

  private void checkChain(Path file, long number, AuditLine.Parsed parsed)
      throws NotIntactException {
    long due = last.seq() + 1;
    if (parsed.seq() > due) {
      throw wrong(
          file, number, "events %d to %d are missing before it".formatted(due, parsed.seq() - 1));
    }
    if (parsed.seq() < due) {
      throw wrong(file, number, "it is event %d, where %d is due".formatted(parsed.seq(), due));
    }
    if (!parsed.prev().equals(last.hash())) {
      throw wrong(
          file, number, "its prev is not the SHA-256 of the line before: one of them was changed");
    }
  }

  private static NotIntactException wrong(Path file, long number, String why) {
    return new NotIntactException("%s:%d: %s".formatted(file, number, why));
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Reason;
import java.util.EnumMap;
import java.util.Map;

/** How many entries of a job ended in which way. Guarded by whoever has it. */
final class Tally {
  private final Map<Status, Long> counts = new EnumMap<>(Status.class);

  void add(Status status) {
    counts.merge(status, 1L, Long::sum);
  }

  JobSummary summary(long bytes, Reason aborted) {
    return new JobSummary(
        of(Status.DONE),
        of(Status.UNCHANGED),
        of(Status.SKIPPED),
        of(Status.FAILED),
        bytes,
        aborted);
  }

  private long of(Status status) {
    return counts.getOrDefault(status, 0L);
  }
}

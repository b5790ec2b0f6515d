package dev.ferry.client.shell;

import dev.ferry.client.FileKind;
import dev.ferry.client.ItemResult;
import dev.ferry.client.JobListener;
import java.util.function.LongSupplier;

/**
 * What a job has done so far. The job's threads report, the thread that draws reads; its own lock
 * guards everything and is held for no longer than an addition.
 */
final class JobMeter implements JobListener {
  private static final long UNKNOWN = -1;

  private final LongSupplier nanoTime;

  private Count announced = Count.NONE;
  private Count announcedBefore = Count.NONE;
  private boolean complete;
  private String name = "";
  private String awaited = "the other side";
  private long lastSign;
  private long movedBytes;
  private long spareBytes;
  private long endedFiles;

  JobMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    lastSign = nanoTime.getAsLong();
  }

  private record Count(long items, long files, long bytes) {
    static final Count NONE = new Count(0, 0, 0);

    Count plus(FileKind kind, long size) {
      boolean file = kind == FileKind.FILE;
      return new Count(items + 1, files + (file ? 1 : 0), bytes + (file ? size : 0));
    }

    boolean isOneFile() {
      return items == 1 && files == 1;
    }
  }

  @Override
  public synchronized void announced(FileKind kind, long size) {
    if (complete) {
      announcedBefore = announced;
      complete = false;
    }
    announced = announced.plus(kind, size);
    lastSign = nanoTime.getAsLong();
  }

  @Override
  public synchronized void moved(long bytes) {
    movedBytes += bytes;
    lastSign = nanoTime.getAsLong();
  }

  @Override
  public synchronized void ended(ItemResult item) {
    if (item.kind() == null || item.kind() == FileKind.FILE) {
      endedFiles++;
      spareBytes += Math.max(0, item.size() - item.sent());
      name = item.path();
    }
    lastSign = nanoTime.getAsLong();
  }

  /** What is announced is all there is; a further job on the wire may still add to it. */
  @Override
  public synchronized void totals(long items, long bytes) {
    complete = true;
  }

  @Override
  public synchronized void awaiting(String what) {
    awaited = what;
  }

  @Override
  public synchronized void again() {
    announced = announcedBefore;
    complete = false;
  }

  /** What stands at this moment. */
  synchronized Reading reading() {
    boolean known = complete || announced.isOneFile();
    long total = known ? announced.bytes() : UNKNOWN;
    long settled = movedBytes + spareBytes;
    return new Reading(
        movedBytes,
        known ? Math.min(total, settled) : settled,
        total,
        endedFiles,
        known ? announced.files() : UNKNOWN,
        name,
        awaited,
        nanoTime.getAsLong() - lastSign);
  }

  /**
   * A moment of a job.
   *
   * @param moved bytes that went over the connection
   * @param settled bytes that need not move any more: moved, or found to be there, or given up
   * @param total bytes of the whole job, negative while unknown
   * @param files files that have ended
   * @param totalFiles files of the whole job, negative while unknown
   * @param name foreign text: the file on its way
   * @param awaited what the job waits for
   * @param quietNanos since the last sign of progress
   */
  record Reading(
      long moved,
      long settled,
      long total,
      long files,
      long totalFiles,
      String name,
      String awaited,
      long quietNanos) {}
}

package dev.ferry.client.shell;

import dev.ferry.client.FileKind;
import dev.ferry.client.ItemResult;
import dev.ferry.client.JobListener;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a job has done so far. The job's threads report, the thread that draws reads; its own lock
 * guards everything and is held for no longer than an addition.
 */
final class JobMeter implements JobListener {
  private static final long UNKNOWN = -1;

  /** Files remembered as announced and not ended, so that the one on its way can be named. */
  private static final int REMEMBERED = 4096;

  private final LongSupplier nanoTime;

  private Count announced = Count.NONE;
  private Count announcedBefore = Count.NONE;
  private Count foreseen;
  private boolean complete;
  private boolean repeated;
  private final Set<String> open = new LinkedHashSet<>();
  private String lastEnded = "";
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

    Count orMore(Count other) {
      return new Count(
          Math.max(items, other.items), Math.max(files, other.files), Math.max(bytes, other.bytes));
    }

    boolean isOneFile() {
      return items == 1 && files == 1;
    }
  }

  @Override
  public synchronized void announced(String path, FileKind kind, long size) {
    if (complete) {
      announcedBefore = announced;
      complete = false;
    }
    announced = announced.plus(kind, size);
    if (kind == FileKind.FILE && open.size() < REMEMBERED) {
      open.add(path);
    }
    lastSign = nanoTime.getAsLong();
  }

  @Override
  public synchronized void foreseen(long files, long bytes) {
    foreseen = new Count(files, files, bytes);
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
      close(item.path());
      lastEnded = item.path();
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
    repeated = true;
    open.clear();
  }

  /** In a second try nothing is heard of the end of what the first one has done. */
  private void close(String path) {
    if (repeated && open.contains(path)) {
      Iterator<String> earlier = open.iterator();
      while (!earlier.next().equals(path)) {
        earlier.remove();
      }
    }
    open.remove(path);
  }

  /** What stands at this moment. */
  synchronized Reading reading() {
    Count all = all();
    long total = all == null ? UNKNOWN : all.bytes();
    long settled = movedBytes + spareBytes;
    return new Reading(
        movedBytes,
        all == null ? settled : Math.min(total, settled),
        total,
        endedFiles,
        all == null ? UNKNOWN : all.files(),
        open.isEmpty() ? lastEnded : open.iterator().next(),
        awaited,
        nanoTime.getAsLong() - lastSign);
  }

  /** How much there is in all; null while that is unknown. */
  private Count all() {
    if (complete || (foreseen == null && announced.isOneFile())) {
      return announced;
    }
    return foreseen == null ? null : foreseen.orMore(announced);
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

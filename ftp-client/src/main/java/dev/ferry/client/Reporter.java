package dev.ferry.client;

import dev.ferry.client.ItemResult.Problem;
import dev.ferry.client.ItemResult.Status;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.TransferListener;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a {@link JobListener} what the engine tells, in the words of the person who started the
 * job, and counts over all tries: what one try has done, the next one finds unchanged.
 */
final class Reporter implements TransferListener {
  private final JobListener listener;
  private final Places places;
  private final Side here;
  private final LongAdder sent = new LongAdder();
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final SeenItems seen = new SeenItems();
  private final SeenItems troubled = new SeenItems();
  private boolean puttingOff;
  private boolean begun;
  private ErrorCode putOff;
  private int firstArgument;
  private boolean retried;
  private long done;
  private long unchanged;
  private long skipped;
  private long failed;
  private long skippedBefore;
  private long failedBefore;
  private long files;
  private long bytes;

  /** Where the entries of an argument lie. */
  @FunctionalInterface
  interface Places {
    /** What stands before their paths at the source: empty, or ending in a slash. */
    String folder(int argument);

    /** The local path of an entry that comes from the other side, or null. */
    default String target(int argument, List<String> path) {
      return null;
    }
  }

  /**
   * @param here which side of the job this is
   */
  Reporter(JobListener listener, Places places, Side here) {
    this.listener = listener;
    this.places = places;
    this.here = here;
  }

  /** A job on the wire begins whose arguments begin with this one of the request. */
  void startAt(int argument) {
    lock.lock();
    try {
      firstArgument = argument;
      skippedBefore = skipped;
      failedBefore = failed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@linkplain Repeatable#putOff items are put off} from now on. */
  void putOff(boolean on) {
    lock.lock();
    try {
      puttingOff = on;
    } finally {
      lock.unlock();
    }
  }

  /** The job begins anew for what was put off; returns why, or null if nothing was. */
  ErrorCode begin() {
    lock.lock();
    try {
      ErrorCode why = putOff;
      if (why != null) {
        putOff = null;
        retried = true;
        begun = true;
      }
      return why;
    } finally {
      lock.unlock();
    }
  }

  /** The job on the wire begins anew: what failed or was skipped will be heard of again. */
  void again() {
    lock.lock();
    try {
      retried = true;
      skipped = skippedBefore;
      failed = failedBefore;
    } finally {
      lock.unlock();
    }
    listener.again();
  }

  JobReport report(Reason aborted) {
    lock.lock();
    try {
      return new JobReport(done, unchanged, skipped, failed, files, bytes, sent.sum(), aborted);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of content that went over connections, in all tries. */
  long moved() {
    return sent.sum();
  }

  /** How many items are done with, so that a caller can see progress. */
  long finished() {
    lock.lock();
    try {
      return done + unchanged;
    } finally {
      lock.unlock();
    }
  }

  // ---- from the engine

  @Override
  public void announced(int argument, List<String> path, FileAttributes attributes) {
    if (listener.wantsTotals()) {
      listener.announced(
          path(firstArgument() + argument, path),
          RemoteFile.kind(attributes.kind()),
          attributes.size());
    }
  }

  private int firstArgument() {
    lock.lock();
    try {
      return firstArgument;
    } finally {
      lock.unlock();
    }
  }

  private String path(int argument, List<String> path) {
    return places.folder(argument) + String.join("/", path);
  }

  @Override
  public void moved(long count) {
    sent.add(count);
    listener.moved(count);
  }

  @Override
  public void totals(long entries, long size) {
    listener.totals(entries, size);
  }

  @Override
  public void awaiting(Awaited what) {
    listener.awaiting(what.words());
  }

  /** What is cut off is not told: it is heard of again, or the job has no other end than that. */
  @Override
  public void ended(Ended entry) {
    if (entry.reason() != null && entry.reason().is(ErrorCode.CANCELLED)) {
      return;
    }
    FileAttributes attributes = entry.attributes();
    boolean file = attributes != null && attributes.kind() == Frame.Kind.FILE;
    long size = file ? attributes.size() : 0;
    int argument = count(entry, file, size);
    if (argument >= 0) {
      listener.ended(
          new ItemResult(
              path(argument, entry.path()),
              attributes == null ? null : RemoteFile.kind(attributes.kind()),
              size,
              entry.moved(),
              Status.valueOf(entry.status().name()),
              entry.reason() == null ? null : problem(argument, entry)));
    }
  }

  private Problem problem(int argument, Ended entry) {
    boolean local = entry.by() == here;
    String at = local && !isChanged(entry) ? places.target(argument, entry.path()) : null;
    return new Problem(entry.reason(), local, at);
  }

  private static boolean isChanged(Ended entry) {
    return entry.reason() != null
        && (entry.reason().is(ErrorCode.SOURCE_CHANGED) || entry.reason().is(ErrorCode.BAD_HASH));
  }

  /** The entry's argument in the request; -1 if it is not to be told of, now or once more. */
  private int count(Ended entry, boolean file, long size) {
    lock.lock();
    try {
      int argument = firstArgument + entry.argument();
      switch (entry.status()) {
        case DONE, UNCHANGED -> {
          boolean isNew = seen.add(argument, entry.path());
          if (!isNew && retried) {
            return -1;
          }
          if (entry.status() == Frame.Status.UNCHANGED) {
            unchanged++;
          } else {
            done++;
            files += file ? 1 : 0;
            bytes += size;
          }
        }
        case SKIPPED, FAILED -> {
          if (puttingOff && isChanged(entry)) {
            putOff = entry.reason().known();
            return -1;
          }
          if (!troubled.add(argument, entry.path()) && begun) {
            return -1;
          }
          if (entry.status() == Frame.Status.SKIPPED) {
            skipped++;
          } else {
            failed++;
          }
        }
      }
      return argument;
    } finally {
      lock.unlock();
    }
  }
}

package dev.ferry.client.shell;

import dev.ferry.client.FileKind;
import dev.ferry.client.ItemResult;
import dev.ferry.client.cli.Progress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Draws one line at the bottom of a terminal while a job runs, ten times a second, and takes it
 * away before anything else is printed. A thread of its own draws, so that a stalled job is seen to
 * be stalled; jobs that end quickly never see it. Plain ANSI sequences: a carriage return and
 * "erase to the end of the line".
 *
 * <p>Its lock guards the terminal's line.
 */
final class ProgressBar implements Progress {
  static final String ERASE = "\r\033[K";

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Before that a speed says more about the start than about the job. */
  private static final double FIRST_GUESS_SECONDS = 1;

  private static final int DRAWINGS_PER_WIDTH = 20;

  private final PrintStream out;
  private final IntSupplier width;
  private final LongSupplier nanoTime;
  private final JobMeter meter;

  private final ReentrantLock line = new ReentrantLock();
  private final Condition over = line.newCondition();
  private final Speed speed;
  private boolean finished;
  private boolean drawn;
  private int drawings;
  private int cells;

  /**
   * Draws nothing before {@link #start}.
   *
   * @param out the terminal; not closed here
   * @param width cells of a line, asked for every other second, since asking may take a process
   */
  ProgressBar(PrintStream out, IntSupplier width, LongSupplier nanoTime) {
    this.out = out;
    this.width = width;
    this.nanoTime = nanoTime;
    meter = new JobMeter(nanoTime);
    speed = new Speed(nanoTime.getAsLong());
  }

  @Override
  public void start(String title) {
    Thread.ofPlatform().daemon().name("progress").start(this::drawUntilFinished);
  }

  @Override
  public void interrupt(Runnable lines) {
    line.lock();
    try {
      erase();
      lines.run();
    } finally {
      line.unlock();
    }
  }

  @Override
  public void finish() {
    line.lock();
    try {
      finished = true;
      erase();
      over.signalAll();
    } finally {
      line.unlock();
    }
  }

  /** Draws once. */
  void draw() {
    line.lock();
    try {
      if (finished) {
        return;
      }
      JobMeter.Reading now = meter.reading();
      speed.at(nanoTime.getAsLong(), now.moved());
      if (drawings++ % DRAWINGS_PER_WIDTH == 0) {
        cells = Math.max(2, width.getAsInt());
      }
      double said = speed.seconds() < FIRST_GUESS_SECONDS ? 0 : speed.bytesPerSecond();
      out.print(ERASE + BarLine.of(now, said, cells - 1));
      out.flush();
      drawn = true;
    } finally {
      line.unlock();
    }
  }

  private void erase() {
    if (drawn) {
      out.print(ERASE);
      out.flush();
      drawn = false;
    }
  }

  private void drawUntilFinished() {
    line.lock();
    try {
      long wait = FIRST_NANOS;
      while (!finished) {
        if (over.awaitNanos(wait) <= 0) {
          draw();
          wait = PERIOD_NANOS;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      line.unlock();
    }
  }

  // ---- from the job

  @Override
  public boolean wantsTotals() {
    return true;
  }

  @Override
  public void announced(String path, FileKind kind, long size) {
    meter.announced(path, kind, size);
  }

  @Override
  public void foreseen(long files, long bytes) {
    meter.foreseen(files, bytes);
  }

  @Override
  public void moved(long bytes) {
    meter.moved(bytes);
  }

  @Override
  public void ended(ItemResult item) {
    meter.ended(item);
  }

  @Override
  public void totals(long items, long bytes) {
    meter.totals(items, bytes);
  }

  @Override
  public void awaiting(String what) {
    meter.awaiting(what);
  }

  @Override
  public void again() {
    meter.again();
  }
}

package dev.ferry.client.shell;

import dev.ferry.client.cli.Width;
import dev.ferry.client.cli.Words;
import dev.ferry.protocol.Printable;
import java.util.Locale;

/**
 * The line of a progress bar: how much, how fast, how long still, how many files, and which. What
 * does not fit is left out, the least important first; columns keep their places while figures
 * change.
 */
final class BarLine {
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final int LEAST_NAME = 8;
  private static final int SIZE = 10;
  private static final String GAP = "  ";

  private final int width;
  private final StringBuilder out = new StringBuilder();

  private BarLine(int width) {
    this.width = width;
  }

  /**
   * The line for a moment.
   *
   * @param speed bytes per second; less than 1 says nothing
   * @param width cells that the line may fill
   */
  static String of(JobMeter.Reading now, double speed, int width) {
    BarLine line = new BarLine(width);
    if (now.total() >= 0) {
      line.addGauge(now);
    }
    line.add(bytes(now));
    if (now.quietNanos() >= PATIENCE_NANOS) {
      line.addRest(Fit.clip(waiting(now), line.room()));
      return line.out.toString();
    }
    line.add(Fit.padLeft(speed < 1 ? "" : Words.size(Math.round(speed)) + "/s", SIZE + 2));
    if (now.total() >= 0) {
      line.add(Fit.padLeft(timeLeft(now.total() - now.settled(), speed), 10));
    }
    line.add(files(now));
    line.addRest(Fit.clipStart(Printable.text(now.name()), line.room()));
    return line.out.toString().stripTrailing();
  }

  private void addGauge(JobMeter.Reading now) {
    double share = now.total() == 0 ? 1 : (double) now.settled() / now.total();
    int cells = width >= 140 ? 30 : width >= 120 ? 20 : width >= 76 ? 10 : 0;
    if (cells > 0) {
      int full = (int) (share * cells);
      String tip = full < cells ? ">" : "";
      out.append('[').append("=".repeat(full)).append(tip);
      out.append(" ".repeat(cells - full - tip.length())).append("] ");
    }
    out.append(Fit.padLeft((int) (share * 100) + "%", 4));
  }

  private void add(String part) {
    String before = out.isEmpty() ? "" : GAP;
    if (Width.of(out.toString()) + before.length() + Width.of(part) <= width) {
      out.append(before).append(part);
    }
  }

  private int room() {
    return Math.max(0, width - Width.of(out.toString()) - GAP.length());
  }

  private void addRest(String text) {
    if (room() >= LEAST_NAME) {
      out.append(GAP).append(text);
    }
  }

  private static String bytes(JobMeter.Reading now) {
    String done = Words.size(now.settled());
    return now.total() < 0
        ? Fit.padLeft(done, SIZE)
        : Fit.padLeft(done, SIZE) + " of " + Words.size(now.total());
  }

  private static String files(JobMeter.Reading now) {
    if (now.totalFiles() < 0) {
      return Words.count(now.files(), "file");
    }
    String total = Words.count(now.totalFiles(), "file");
    return Fit.padLeft(Words.grouped(now.files()), total.indexOf(' ')) + "/" + total;
  }

  private static String waiting(JobMeter.Reading now) {
    return "waiting for " + now.awaited() + ", " + now.quietNanos() / 1_000_000_000L + " s";
  }

  /** Blank while nothing moves: a guess from nothing would be worse. */
  private static String timeLeft(long bytes, double speed) {
    if (speed < 1) {
      return "";
    }
    long seconds = (long) Math.ceil(bytes / speed);
    long hours = seconds / 3600;
    if (hours > 99) {
      return "days left";
    }
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d left", hours, seconds / 60 % 60, seconds % 60);
  }
}

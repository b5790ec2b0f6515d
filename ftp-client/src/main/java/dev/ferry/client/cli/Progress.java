package dev.ferry.client.cli;

import dev.ferry.client.JobListener;

/** Shows a running command to a person. The default shows nothing. */
public interface Progress extends JobListener {
  /** Shows nothing. */
  Progress NONE = new Progress() {};

  /** A job begins: "get 3 files from harbour:9021". */
  default void start(String title) {}

  /**
   * Makes room for lines on standard error, has them written, and goes on. May be called at any
   * time, from any thread.
   */
  default void interrupt(Runnable lines) {
    lines.run();
  }

  /** The job is over: nothing of it is left on the screen, and nothing more is shown. */
  default void finish() {}
}

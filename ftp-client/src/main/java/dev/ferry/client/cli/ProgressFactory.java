package dev.ferry.client.cli;

/** Provided as a service: how progress is shown on a terminal. */
public interface ProgressFactory {
  /** Made anew for each job; {@code io.err()} is a terminal. */
  Progress create(Stdio io);
}

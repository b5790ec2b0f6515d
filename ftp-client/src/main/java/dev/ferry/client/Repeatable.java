package dev.ferry.client;

import java.io.IOException;

/** A job that may have to run several times until all of it is done. */
interface Repeatable {
  /** Runs what is left of it. May be called again after a lost connection. */
  JobReport run(FerryClient client) throws IOException;

  /** How many items are done with, so that progress can be seen. */
  long finished();

  /**
   * Whether items are put off that fail because their source changed, instead of being told of:
   * then {@link #begin} has to follow.
   */
  void putOff(boolean on);

  /** Begins anew for what was put off; false if nothing was. */
  boolean begin();
}

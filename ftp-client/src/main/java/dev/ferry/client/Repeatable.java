package dev.ferry.client;

import dev.ferry.protocol.ErrorCode;
import java.io.IOException;

/** A job that may have to run several times until all of it is done. */
interface Repeatable {
  /** Runs what is left of it. May be called again after a lost connection. */
  JobReport run(FerryClient client) throws IOException;

  /** How many items are done with, so that progress can be seen. */
  long finished();

  /**
   * Whether items are put off whose source changed or whose content did not verify, instead of
   * being told of: then {@link #begin} has to follow.
   */
  void putOff(boolean on);

  /** Begins anew for what was put off; returns why something was, or null if nothing was. */
  ErrorCode begin();
}

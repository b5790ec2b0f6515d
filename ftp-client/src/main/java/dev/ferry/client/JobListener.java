package dev.ferry.client;

import java.nio.file.Path;

/**
 * Hears how a job goes. Calls come from several threads, sometimes at once, and must neither block
 * nor throw.
 */
public interface JobListener {
  /** Hears nothing. */
  JobListener NONE = new JobListener() {};

  /**
   * Whether somebody watches who wants to know early how much there is in all. It costs a walk
   * ahead of the content.
   */
  default boolean wantsTotals() {
    return false;
  }

  /**
   * An item was announced: so many bytes may have to go over the connection for it. Told only to
   * who {@link #wantsTotals}.
   *
   * @param path as in {@link ItemResult}; foreign text
   */
  default void announced(String path, FileKind kind, long size) {}

  /** So many bytes of content went over the connection. */
  default void moved(long bytes) {}

  /** An item has ended. */
  default void ended(ItemResult item) {}

  /** So much of it there will be in all, as far as a look ahead can tell. */
  default void foreseen(long files, long bytes) {}

  /** All items are announced: from now on the totals are known. */
  default void totals(long items, long bytes) {}

  /** What the job waits for from now on, for people: "the disk to have everything". */
  default void awaiting(String what) {}

  /**
   * The system cannot confine this local folder by handles, so that only paths are checked: safe as
   * long as nobody else changes folders into links meanwhile.
   */
  default void weaklyConfined(Path folder) {}

  /** The job begins anew after a lost connection; what was done before is not reported again. */
  default void again() {}
}

package dev.ferry.client;

/**
 * Hears how a job goes. Calls come from several threads, sometimes at once, and must neither block
 * nor throw.
 */
public interface JobListener {
  /** Hears nothing. */
  JobListener NONE = new JobListener() {};

  /** An item was announced: so many bytes may have to go over the connection for it. */
  default void announced(FileKind kind, long size) {}

  /** So many bytes of content went over the connection. */
  default void moved(long bytes) {}

  /** An item has ended. */
  default void ended(ItemResult item) {}

  /** All items are announced: from now on the totals are known. */
  default void totals(long items, long bytes) {}

  /** What the job waits for from now on, for people: "the disk to have everything". */
  default void awaiting(String what) {}

  /** The job begins anew after a lost connection; what was done before is not reported again. */
  default void again() {}
}

package dev.ferry.client;

import dev.ferry.protocol.Reason;

/**
 * What became of one file or folder of a job.
 *
 * @param path of the source: a local one as it was typed, a remote one from the root; foreign text
 * @param kind null if the source could not be read
 * @param size bytes of the source; 0 for all but files
 * @param sent bytes of its content that went over the connection
 * @param problem null unless it failed or was skipped
 */
public record ItemResult(
    String path, FileKind kind, long size, long sent, Status status, Problem problem) {

  /** What can become of an item. */
  public enum Status {
    DONE,
    /** The target was equal already. */
    UNCHANGED,
    /** A link, or something that is neither file nor folder. */
    SKIPPED,
    FAILED
  }

  /**
   * Why an item was not done.
   *
   * @param reason its text is foreign
   * @param local whether it lies on this side, and not on the server's
   * @param at the local path that it is about, where that is not the source; else null; foreign
   *     text
   */
  public record Problem(Reason reason, boolean local, String at) {}
}

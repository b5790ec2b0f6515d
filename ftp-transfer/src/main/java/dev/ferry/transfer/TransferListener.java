package dev.ferry.transfer;

import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Reason;
import java.util.List;

/**
 * Hears what happens in a job. Calls come from several threads, sometimes at once, and must neither
 * block nor throw. Paths are foreign text where the other side named them.
 */
public interface TransferListener {
  /** Hears nothing. */
  TransferListener NONE = new TransferListener() {};

  /** An entry was announced; its path begins with the argument's name. */
  default void announced(int argument, List<String> path, FileAttributes attributes) {}

  /** So many bytes of content went over the connection. */
  default void moved(long bytes) {}

  /** An entry has ended. */
  default void ended(Ended entry) {}

  /**
   * The job of a sender is over and this entry is not, though content of it went over the
   * connection. A receiver says of such entries that they {@linkplain #ended ended}.
   */
  default void cutOff(Ended entry) {}

  /** All entries are announced: from now on the totals are known. */
  default void totals(long entries, long bytes) {}

  /** What the job waits for from now on. */
  default void awaiting(Awaited what) {}

  /** What a job can wait for. */
  enum Awaited {
    CONTENT("data from the other side"),
    ANSWERS("answers from the other side"),
    ROOM("room on the connection"),
    DISK("the disk to have everything");

    private final String words;

    Awaited(String words) {
      this.words = words;
    }

    /** For people: "data from the other side". */
    public String words() {
      return words;
    }
  }

  /** The two sides of a job. */
  enum Side {
    SENDER,
    RECEIVER
  }

  /**
   * What became of one entry.
   *
   * @param attributes null if the source could not be read
   * @param moved bytes of its content that went over the connection
   * @param by which side ended it, and has the reason
   * @param reason null unless it failed or was skipped for a reason
   */
  record Ended(
      int argument,
      List<String> path,
      FileAttributes attributes,
      long moved,
      Status status,
      Side by,
      Reason reason) {}
}

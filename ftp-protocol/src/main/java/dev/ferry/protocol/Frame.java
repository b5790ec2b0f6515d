package dev.ferry.protocol;

import java.util.List;

/**
 * A control frame (spec sections 5 to 9). Content is never a frame object: see {@link DataHeader}.
 *
 * <p>Paths are kept as they came: a list of components that {@link TreePath#of(List)} still has to
 * accept, because a bad name ends one request or entry and not the connection (spec 4.1).
 */
public sealed interface Frame {
  /** What its header says. */
  default FrameType type() {
    return FrameType.of(this);
  }

  /** A frame of the greeting (spec 5). */
  sealed interface Greeting extends Frame {}

  /** A frame that the server answers with a reply or one ERROR (spec 6). */
  sealed interface Request extends Frame {}

  /** The server's answer to a request (spec 6). */
  sealed interface Reply extends Frame {}

  /** A frame that opens a job (spec 7.1, 7.2). */
  sealed interface Opening extends Frame {}

  /** What only the sender of a job says (spec 7). */
  sealed interface FromSender extends Frame {}

  /** What only the receiver of a job says (spec 7). */
  sealed interface FromReceiver extends Frame {}

  // ---- connection (spec 5)

  record Hello(int lowest, int highest, String software, List<String> features)
      implements Greeting {}

  record Login(int method, String user, Bytes proof) implements Greeting {
    public static final int ANONYMOUS = 0;
    public static final int TICKET = 1;
    public static final int PASSWORD = 2;
    public static final int KEY = 3;
    public static final int TOKEN = 4;
    public static final int REGISTER = 5;

    public static Login anonymous() {
      return new Login(ANONYMOUS, "", Bytes.NONE);
    }

    @Override
    public String toString() {
      return "Login[method=" + method + "]";
    }
  }

  /** What the server asks back for at a login by password. */
  record Challenge(Bytes nonce, Bytes salt, long iterations) implements Greeting {}

  /** What shows that the client knows the password. */
  record Proof(Bytes proof) implements Greeting {}

  /**
   * WELCOME.
   *
   * @param proof what shows that the server knows the password or token; else empty
   */
  record Welcome(Role role, String session, long idleSeconds, Bytes proof) implements Greeting {}

  record Busy(boolean draining, int retrySeconds, String text) implements Greeting {}

  /**
   * ERROR.
   *
   * @param component index in the request's first path, or {@link #NO_COMPONENT}
   */
  record Failure(Reason reason, int component) implements Frame {
    public static final int NO_COMPONENT = 255;
  }

  record Alive() implements Frame {}

  // ---- requests and replies (spec 6)

  record ListFolder(boolean recursive, boolean hidden, boolean pattern, List<String> path)
      implements Request {}

  record Stat(List<String> path) implements Request {}

  record MakeFolder(boolean parents, List<String> path) implements Request {}

  record Remove(boolean recursive, List<String> path) implements Request {}

  record Rename(List<String> from, List<String> to) implements Request {}

  record Checksum(List<String> path) implements Request {}

  record Ping() implements Request {}

  record Quit() implements Request {}

  /** Asks for a ticket. */
  record Issue() implements Request {}

  /**
   * Makes this connection one more of a job.
   *
   * @param job its number on the connection that the ticket came from
   */
  record Join(long job) implements Request {}

  /** A secret that another connection of the same user may log in with. */
  record Ticket(Bytes secret) implements Reply {
    @Override
    public String toString() {
      return "Ticket[]";
    }
  }

  record Ok(long count) implements Reply {}

  record Items(List<Item> items) implements Reply {}

  record ListEnd(long items, long unreadable) implements Reply {}

  record Attributes(FileAttributes attributes) implements Reply {}

  record Sum(long size, Bytes sha256) implements Reply {}

  // ---- jobs (spec 7)

  record Get(Mode mode, boolean recursive, boolean failOnLinks, List<SourcePath> sources)
      implements Opening {}

  /**
   * PUT.
   *
   * @param checksum whether a file of equal size is always compared by content
   */
  record Put(
      boolean folder,
      boolean checksum,
      Overwrite overwrite,
      Durability durability,
      List<String> target,
      List<String> names)
      implements Opening {}

  record Job(Mode mode) implements FromReceiver {}

  /** ENTRY. */
  record Entry(
      long number, int argument, List<String> path, FileAttributes attributes, Bytes fingerprint)
      implements FromSender {}

  record EntryError(long number, Status status, Reason reason, int argument, List<String> path)
      implements FromSender {}

  record JobEnd(long entries, long bytes) implements FromSender {}

  record Wants(List<Want> wants) implements FromReceiver {}

  record Results(List<Result> results) implements FromReceiver {}

  record JobDone(long done, long unchanged, long skipped, long failed, long bytes)
      implements FromReceiver {}

  record Abort(Reason reason) implements Frame {}

  // ---- what they are made of (spec 4)

  /** What an account may do. The wire number is the ordinal. */
  enum Role {
    READER,
    WRITER,
    ADMIN
  }

  /** Whether content follows its entry at once. The wire number is the ordinal. */
  enum Mode {
    ASK,
    ALL
  }

  /** What may be done to a different target. The wire number is the ordinal. */
  enum Overwrite {
    NEVER,
    NEWER,
    ALWAYS
  }

  /** What "done" promises about the disk; safer ones come first. The wire number is the ordinal. */
  enum Durability {
    FILE,
    BATCH,
    NONE
  }

  /** What became of an entry. The wire number is the ordinal. */
  enum Status {
    DONE,
    UNCHANGED,
    SKIPPED,
    FAILED
  }

  /** What a name stands for. The wire number is the ordinal. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    OTHER
  }

  /**
   * Attributes of a file or folder.
   *
   * @param size bytes; 0 for all but files
   * @param modified nanoseconds since 1970-01-01T00:00:00 UTC
   * @param mode rwxrwxrwx, 0 to 0777
   */
  record FileAttributes(Kind kind, long size, long modified, int mode) {}

  /**
   * One item of a listing.
   *
   * @param error 0, or why the folder's content is missing from a recursive listing
   */
  record Item(List<String> path, FileAttributes attributes, int error) {}

  /** One argument of a GET. */
  record SourcePath(boolean pattern, List<String> path) {}

  /**
   * What content of an entry is wanted.
   *
   * @param ranges null: all of it; empty: only the content hash
   */
  record Want(long entry, List<Range> ranges) {}

  /** A range of a file, in bytes. */
  record Range(long offset, long length) {}

  /**
   * What became of a range of entries.
   *
   * @param reason null unless the status is FAILED
   */
  record Result(long first, long count, Status status, Reason reason) {}
}

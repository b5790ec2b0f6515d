package dev.ferry.transfer.store;

/**
 * What is known about a file or folder without reading it.
 *
 * @param kind what it is; links are never followed to find out
 * @param size bytes of content; without meaning unless it is a file
 * @param mtimeNanos last change of content, nanoseconds since 1970 UTC
 * @param mode permission bits, 0 to 0777; 0 where the file system has none
 * @param fingerprint changes whenever the content may have changed or another file stands there
 */
public record Attributes(Kind kind, long size, long mtimeNanos, int mode, Fingerprint fingerprint) {

  /** What can stand under a name. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    /** A FIFO, socket or device. */
    OTHER
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }

  /** Whether it is a regular file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }
}

package dev.ferry.transfer.store;

import java.io.IOException;

/**
 * One open folder, and what can be done to a single name in it. A name is one component, never
 * {@code .} or {@code ..}. No link is followed.
 */
interface Dir extends AutoCloseable {
  /** What a folder is opened for. */
  enum Use {
    /** Acting on names in it: needs no permission to read it. */
    NAMES,
    /** Listing it, flushing it, setting its attributes. */
    CONTENTS
  }

  /** Another right to the same open folder, closed on its own. */
  Dir share() throws IOException;

  Attributes stat() throws IOException;

  Attributes stat(String name) throws IOException;

  /** When anything about it last changed, nanoseconds since 1970 UTC. */
  long changeNanos(String name) throws IOException;

  /** All names; the folder must be open for {@link Use#CONTENTS} and stay so. */
  Listing list() throws IOException;

  /** Permissions as the umask has them. */
  void makeFolder(String name) throws IOException;

  /** Permissions for the owner alone. */
  void makePrivateFolder(String name) throws IOException;

  /** A file, link, special file or empty folder. */
  void remove(String name) throws IOException;

  /** Renames and replaces what is there. */
  void rename(String name, Dir to, String newName) throws IOException;

  /**
   * Renames unless the new name is taken.
   *
   * @return false if the system cannot do that in one step; nothing happened then
   */
  boolean renameNoReplace(String name, Dir to, String newName) throws IOException;

  /** Gives a file or link a second name; never replaces. */
  void link(String name, Dir to, String newName) throws IOException;

  /** A folder in this one, open for {@link Use#CONTENTS}. */
  Dir open(String name) throws IOException;

  /** A new file with permissions 0600, open for reading and writing. */
  Content create(String name) throws IOException;

  /** A regular file that may exist already, open for reading and writing. */
  Content openOrCreate(String name) throws IOException;

  /** Sets time and permission bits of this folder; other bits stay. */
  void setAttributes(long mtimeNanos, int mode) throws IOException;

  /** Whether this folder is of this process's user and nobody else may do anything in it. */
  boolean isPrivate() throws IOException;

  /**
   * Tells other processes that this one works in this folder, until it is closed; waits while one
   * of them is {@linkplain #claim() alone}. Does nothing where the system cannot do that.
   */
  void use() throws IOException;

  /** Whether nobody uses the folder; others wait from then on until it is closed. */
  boolean claim() throws IOException;

  void force() throws IOException;

  /** The path of a name in this folder, as the user knows it. */
  String pathOf(String name);

  @Override
  void close();
}

package dev.ferry.transfer.store;

import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that nobody sees yet. To make it visible: write, {@link #setAttributes}, {@link #force}
 * (or {@link Tree#forceAll}), {@link #publish}, then {@link Tree#force} on the target's folder, in
 * this order. A failed force must not be repeated: drop the file. Reads and writes may come from
 * many threads.
 */
public interface Staged extends AutoCloseable {
  /** Its name in the staging folder, for {@link Tree#stage(String)}. */
  String name();

  /** Length in bytes. */
  long size() throws IOException;

  /** As {@link Source#read}. */
  int read(ByteBuffer buffer, long position) throws IOException;

  /** Writes all that remains in the buffer to a place in the file, behind its end too. */
  void write(ByteBuffer buffer, long position) throws IOException;

  /**
   * Makes sure that no other process works with this file as long as it is open here.
   *
   * @return false if one does, or if the file has lost its name meanwhile
   */
  boolean lock() throws IOException;

  /** Cuts or extends the file to a length in bytes. */
  void truncate(long size) throws IOException;

  /**
   * Sets what the file will have when it is published. Comes after the last write, which would
   * change the time, and before the flush, so that it is as durable as the content.
   *
   * @param mtimeNanos nanoseconds since 1970 UTC
   * @param mode permission bits, of which {@code 0777} without the process's umask are used
   */
  void setAttributes(long mtimeNanos, int mode) throws IOException;

  /** Returns when content and attributes are on disk. */
  void force() throws IOException;

  /**
   * Gives the file its name, in one step that either happened or not. The file stays open for
   * reading until it is closed.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something stands there that {@code how}
   *     does not allow to replace; the staged file is untouched then and may be published elsewhere
   */
  void publish(TreePath target, Replace how) throws IOException;

  /** Leaves the file in the staging folder when it is closed, to be taken up later. */
  void keep();

  /** Deletes the file unless it was published or is to be kept. */
  @Override
  void close();
}

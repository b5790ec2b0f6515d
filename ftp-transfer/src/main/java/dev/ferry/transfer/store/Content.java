package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An open regular file. */
interface Content extends Source {
  /** As {@link Staged#write}. */
  void write(ByteBuffer buffer, long position) throws IOException;

  /** As {@link Staged#truncate}. */
  void truncate(long size) throws IOException;

  /** Sets time and permission bits. */
  void setAttributes(long mtimeNanos, int mode) throws IOException;

  /**
   * Locks the file against other processes until it is closed; false if one of them has it. Of two
   * openings in this process one may be refused as well.
   */
  boolean lock() throws IOException;

  /** Returns when content and attributes are on disk. */
  void force() throws IOException;
}

package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A regular file open for reading, by many threads if they like. Whoever opened it closes it. */
public interface Source extends AutoCloseable {
  /** What the file was when it was opened. */
  Attributes attributes();

  /** What the file is now, asked through the same handle: it differs if somebody wrote to it. */
  Attributes current() throws IOException;

  /**
   * Fills the buffer from a place in the file; falls short only at the end of the file.
   *
   * @param position bytes from the start of the file
   * @return how many bytes were read; 0 at or behind the end
   */
  int read(ByteBuffer buffer, long position) throws IOException;

  @Override
  void close();
}

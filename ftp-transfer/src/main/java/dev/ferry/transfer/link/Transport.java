package dev.ferry.transfer.link;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What carries the bytes of a {@link Link} (spec section 2): a socket, or TLS over one. One thread
 * reads at a time, and one writes; they never wait for each other.
 */
interface Transport {
  /**
   * Blocks until there is something, and reads some of it.
   *
   * @return how much, or -1 at the end of the stream
   */
  int read(ByteBuffer into) throws IOException;

  /** Blocks until the operating system has all of it. */
  void write(ByteBuffer... from) throws IOException;

  /** Whether much is about to be read, for which larger buffers pay. Called by the reader. */
  void bulk(boolean on);

  /** Ends it in order if that takes no time; called by a thread that may write, before closing. */
  void end() throws IOException;

  /** Ends it at once, from any thread; what waits in it fails. */
  void close();
}

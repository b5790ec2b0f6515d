package dev.ferry.transfer;

import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import java.io.IOException;

/** One side of a job that further connections may join (spec 7.8). Any thread. */
public interface Joinable {
  /**
   * Blocks until so many bytes of large files were announced, which connections can share.
   *
   * @return false if the job is over before
   */
  boolean awaitShareable(long bytes);

  /**
   * Whether this connection may join: not if the job is over, or has too many. If so, {@link #join}
   * has to follow.
   */
  boolean mayJoin(Link side);

  /**
   * Carries a share of the content, on the calling thread, which does file I/O. Returns when the
   * job is over or the connection has ended; the caller closes it.
   *
   * @throws ConnectionLostException if that connection is lost, which the job does not mind
   */
  void join(Link side) throws IOException;
}

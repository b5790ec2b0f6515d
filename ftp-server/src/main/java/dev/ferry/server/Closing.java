package dev.ferry.server;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Closes what cannot be closed any better. */
final class Closing {
  private Closing() {}

  /** Closes it if there is one; a failure changes nothing any more. */
  static void quietly(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception _) {
      // It is given up in any case.
    }
  }

  /**
   * Closes a connection at once that nothing was read from. There is no time to see that the words
   * arrive: the peer may find the connection reset.
   *
   * @param words null: none
   */
  static void withWords(SocketChannel channel, Frame words) {
    try (channel) {
      if (words != null) {
        channel.write(FrameCodec.encode(words));
      }
    } catch (IOException _) {
      // The peer has left.
    }
  }
}

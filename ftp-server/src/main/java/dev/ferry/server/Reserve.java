package dev.ferry.server;

import dev.ferry.protocol.Frame;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A descriptor kept for the moment when there is no other: with it a connection can still be
 * accepted and turned away, instead of being left hanging. Used by the listener's thread.
 */
final class Reserve implements Closeable {
  private static final Frame.Busy NO_DESCRIPTORS =
      new Frame.Busy(false, 5, "server full: it has no file descriptors left");

  private final Opener opener;
  private final boolean plaintext;
  private SocketChannel descriptor;

  /** Takes a descriptor. */
  interface Opener {
    SocketChannel open() throws IOException;
  }

  /**
   * Takes one.
   *
   * @param plaintext whether a connection may be told why it is turned away: there is no time for a
   *     TLS handshake
   */
  Reserve(boolean plaintext) throws IOException {
    this(SocketChannel::open, plaintext);
  }

  Reserve(Opener opener, boolean plaintext) throws IOException {
    this.opener = opener;
    this.plaintext = plaintext;
    this.descriptor = opener.open();
  }

  /**
   * Accepts a connection with the reserve.
   *
   * @return the connection if there are descriptors again, or null: it was turned away
   */
  SocketChannel accept(Listener.Door door) throws IOException {
    close();
    SocketChannel channel = door.accept();
    try {
      descriptor = opener.open();
      return channel;
    } catch (IOException _) {
      Closing.withWords(channel, plaintext ? NO_DESCRIPTORS : null);
      descriptor = opener.open();
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    descriptor.close();
  }
}

package dev.ferry.server.cli;

import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Strangers who connect and do not log in: a third says nothing, a third begins and stops, a third
 * says a byte at a time. Whoever is cut comes back, until it is closed.
 */
final class Crowd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How the first message of a TLS handshake begins. */
  private static final byte[] BEGIN = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

  private final Endpoint server;
  private final List<Stranger> all = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("crowd").unstarted(this::talk);
  private volatile boolean closed;

  private static final class Stranger {
    private SocketChannel channel;
    private int said;
  }

  /** So many have connected when this returns. */
  Crowd(Endpoint server, int size) throws IOException {
    this.server = server;
    for (int i = 0; i < size; i++) {
      Stranger one = new Stranger();
      one.channel = server.connect(PATIENCE);
      all.add(one);
    }
    thread.start();
  }

  private void talk() {
    while (!closed) {
      for (int i = 0; i < all.size() && !closed; i++) {
        talk(all.get(i), i % 3 == 0 ? 0 : i % 3 == 1 ? 1 : BEGIN.length);
      }
    }
  }

  private void talk(Stranger one, int most) {
    try {
      if (one.said < most) {
        one.channel.write(ByteBuffer.wrap(BEGIN, one.said, 1));
        one.said++;
      } else if (most == BEGIN.length) {
        one.channel.write(ByteBuffer.allocate(1));
      }
    } catch (IOException _) {
      comeBack(one);
    }
  }

  private void comeBack(Stranger one) {
    try {
      one.channel.close();
      one.said = 0;
      one.channel = server.connect(PATIENCE);
    } catch (IOException _) {
      // The server is full: again in the next round.
    }
  }

  /** All leave. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (Stranger one : all) {
      one.channel.close();
    }
  }
}

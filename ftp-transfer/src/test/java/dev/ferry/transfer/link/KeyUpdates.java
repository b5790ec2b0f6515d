package dev.ferry.transfer.link;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Hash128;
import dev.ferry.transfer.tls.Identity;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.FutureTask;

/**
 * Sends more than the JDK encrypts with one key, in both directions, in all pairings of engines.
 * The JDK asks for an update of the other side's key as well; the answer leaves with the next frame
 * of that side, which is longer by it.
 */
final class KeyUpdates {
  private static final int CHUNKS = 32;
  private static final int RECORD_OF_PING = 5 + 8 + 1 + 16;

  private KeyUpdates() {}

  public static void main(String[] arguments) throws Exception {
    Identity identity = Identity.generate();
    for (TlsProvider one : TlsProvider.values()) {
      for (TlsProvider two : TlsProvider.values()) {
        try (Wire wire = Wire.connect();
            TlsContext clients = one.client();
            TlsContext servers = two.server(identity);
            Link client = new Link(wire.left(), "s", LinkTimes.STANDARD, clients.newEngine());
            Link server = new Link(wire.right(), "c", LinkTimes.STANDARD, servers.newEngine())) {
          FutureTask<Object> serving = new FutureTask<>(server::secure);
          Thread.ofVirtual().start(serving);
          client.secure();
          serving.get();
          client.loggedIn();
          server.loggedIn();
          cross(client, server, one == TlsProvider.JDK);
          cross(server, client, two == TlsProvider.JDK);
          cross(client, server, one == TlsProvider.JDK);
        }
      }
    }
  }

  private static void cross(Link from, Link to, boolean asks) throws Exception {
    ByteBuffer content = ByteBuffer.allocateDirect(256 << 10);
    ByteBuffer got = ByteBuffer.allocateDirect(256 << 10);
    int updates = 0;
    for (int i = 0; i < CHUNKS; i++) {
      FutureTask<Void> sending = new FutureTask<>(() -> send(from, content.clear()));
      Thread.ofVirtual().start(sending);
      to.data(to.next());
      to.content(got.clear());
      sending.get();
      long before = to.bytesWritten();
      to.sendNow(new Frame.Ping());
      if (!(from.read() instanceof Frame.Ping)) {
        throw new AssertionError("the answer got lost");
      }
      updates += to.bytesWritten() - before > RECORD_OF_PING ? 1 : 0;
    }
    if (asks && updates < CHUNKS / 4 - 1) {
      throw new AssertionError(updates + " key updates in " + CHUNKS / 4 + " MiB");
    }
  }

  private static Void send(Link link, ByteBuffer content) throws IOException {
    link.sendData(new DataHeader(0, 0, new Hash128(1, 2), null), content);
    link.flush();
    return null;
  }
}

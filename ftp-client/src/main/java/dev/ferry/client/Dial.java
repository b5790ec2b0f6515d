package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.tls.TlsEngine;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A server that was connected to, and told nothing yet.
 *
 * @param roundTrip how long it takes at most until an answer comes
 */
record Dial(Link link, Duration roundTrip) {

  static Dial to(Endpoint endpoint, ClientOptions options, boolean encrypted) throws IOException {
    if (encrypted) {
      ClientTls.prepare();
    }
    long start = System.nanoTime();
    SocketChannel channel = connect(endpoint, options.connectLimit());
    Duration roundTrip = Duration.ofNanos(System.nanoTime() - start);
    try {
      TlsEngine engine = encrypted ? ClientTls.newEngine() : null;
      return new Dial(new Link(channel, endpoint.toString(), options.times(), engine), roundTrip);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static SocketChannel connect(Endpoint endpoint, Duration limit) throws IOException {
    try {
      return endpoint.connect(limit);
    } catch (UnknownHostException e) {
      throw new CannotConnectException(
          endpoint, "cannot connect to " + endpoint + ": no such host is known", e);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new CannotConnectException(endpoint, "cannot connect to " + endpoint + ": " + why, e);
    }
  }
}

package dev.ferry.transfer.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Two ends of a real connection over loopback. */
public record Wire(SocketChannel left, SocketChannel right) implements AutoCloseable {

  public static Wire connect() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel left = SocketChannel.open(server.getLocalAddress());
      return new Wire(left, server.accept());
    }
  }

  /** A link over one end, as after the login. */
  public static Link loggedIn(SocketChannel end, String peer) {
    return loggedIn(end, peer, LinkTimes.STANDARD);
  }

  public static Link loggedIn(SocketChannel end, String peer, LinkTimes times) {
    Link link = new Link(end, peer, times);
    link.loggedIn();
    return link;
  }

  @Override
  public void close() throws IOException {
    left.close();
    right.close();
  }
}

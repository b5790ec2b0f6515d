package dev.ferry.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** How log lines name the other end of a connection. */
final class Peers {
  private Peers() {}

  /** {@code 192.0.2.1:40312}, {@code [2001:db8::1]:40312}, or {@code unix}. */
  static String name(SocketChannel channel) {
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
      }
      return "unix";
    } catch (IOException _) {
      return "gone";
    }
  }
}

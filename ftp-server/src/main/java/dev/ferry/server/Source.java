package dev.ferry.server;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * Where connections come from, as far as limits go: an IPv4 address, or the /64 of an IPv6 address,
 * since whoever has one address of it has them all.
 *
 * @param name {@code 192.0.2.1}, {@code 2001:db8:0:1:0:0:0:0/64}, or {@code unix}
 * @param onThisMachine over loopback or a Unix-domain socket
 */
record Source(String name, boolean onThisMachine) {
  private static final int NETWORK_BYTES = 8;
  private static final int ADDRESS_BYTES = 16;
  private static final Source UNIX = new Source("unix", true);

  /** The source of a connection that was accepted. */
  static Source of(SocketChannel channel) {
    try {
      return channel.getRemoteAddress() instanceof InetSocketAddress address
          ? of(address.getAddress())
          : UNIX;
    } catch (IOException _) {
      return UNIX; // The channel is closed.
    }
  }

  static Source of(InetAddress address) {
    String name =
        address instanceof Inet6Address ? network(address) + "/64" : address.getHostAddress();
    return new Source(name, address.isLoopbackAddress());
  }

  private static String network(InetAddress address) {
    byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
    try {
      return InetAddress.getByAddress(Arrays.copyOf(network, ADDRESS_BYTES)).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}

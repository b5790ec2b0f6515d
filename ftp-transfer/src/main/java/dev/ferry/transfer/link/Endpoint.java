package dev.ferry.transfer.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Where a server listens: a TCP host and port, or a Unix-domain socket. */
public sealed interface Endpoint {
  int DEFAULT_PORT = 9021;

  /**
   * Connects.
   *
   * @param limit how long a TCP connection may take
   * @return a channel in blocking mode that the caller closes
   */
  SocketChannel connect(Duration limit) throws IOException;

  /** Whether only programs of this machine can connect there; also if its host is not known. */
  boolean isPrivate();

  /**
   * A TCP address.
   *
   * @param host a name or an address, IPv6 without brackets
   * @param port 1 to 65,535
   */
  record Tcp(String host, int port) implements Endpoint {
    @Override
    public SocketChannel connect(Duration limit) throws IOException {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      IOException failure = new UnknownHostException(host);
      for (InetAddress address : addresses) {
        SocketChannel channel = SocketChannel.open();
        try {
          channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
          channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
          channel
              .socket()
              .connect(new InetSocketAddress(address, port), Math.toIntExact(limit.toMillis()));
          return channel;
        } catch (SocketTimeoutException _) {
          channel.close();
          failure = new SocketTimeoutException("no answer within " + limit.toSeconds() + " s");
        } catch (IOException e) {
          channel.close();
          failure = e;
        }
      }
      throw failure;
    }

    @Override
    public boolean isPrivate() {
      try {
        return InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException _) {
        return true;
      }
    }

    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** A Unix-domain socket, protected by the permissions of its file. */
  record Unix(Path path) implements Endpoint {
    @Override
    public SocketChannel connect(Duration limit) throws IOException {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        SocketAddress address = UnixDomainSocketAddress.of(path);
        channel.connect(address);
        return channel;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public boolean isPrivate() {
      return true;
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }
}

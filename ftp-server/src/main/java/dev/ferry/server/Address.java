package dev.ferry.server;

import dev.ferry.server.StartException.Problem;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A server socket that listens. */
final class Address implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerSocketChannel channel;
  private final Endpoint endpoint;
  private final SocketFile file;

  private Address(ServerSocketChannel channel, Endpoint endpoint, SocketFile file) {
    this.channel = channel;
    this.endpoint = endpoint;
    this.file = file;
  }

  /**
   * Listens.
   *
   * @param wanted port 0 takes a free one
   * @throws StartException if that is not possible
   */
  static Address bind(Endpoint wanted) throws StartException {
    try {
      return switch (wanted) {
        case Endpoint.Tcp tcp -> bindTcp(tcp);
        case Endpoint.Unix unix -> {
          SocketFile file = SocketFile.bind(unix.path(), BACKLOG);
          yield new Address(file.channel(), unix, file);
        }
      };
    } catch (IOException e) {
      throw new StartException(
          Problem.ADDRESS, "cannot listen on %s: %s".formatted(wanted, e.getMessage()), e);
    }
  }

  private static Address bindTcp(Endpoint.Tcp tcp) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port()), BACKLOG);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      return new Address(channel, new Endpoint.Tcp(tcp.host(), port), null);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Waits for a connection; see {@link Listener.Door}. */
  SocketChannel accept() throws IOException {
    SocketChannel accepted = channel.accept();
    if (file == null) {
      accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
      accepted.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    return accepted;
  }

  /** Where it listens, with the port that was taken. */
  Endpoint endpoint() {
    return endpoint;
  }

  /** Stops listening and removes the file of a Unix socket. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (file != null) {
      file.remove();
    }
  }
}

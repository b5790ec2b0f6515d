package dev.ferry.server;

import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.StateException;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
          Problem.ADDRESS, "cannot listen on %s: %s".formatted(wanted, why(wanted, e)), e);
    }
  }

  private static String why(Endpoint wanted, IOException failure) {
    String said = String.valueOf(failure.getMessage());
    return switch (wanted) {
      case Endpoint.Unix unix -> whyNot(unix, failure);
      case Endpoint.Tcp(String host, _) when failure instanceof UnknownHostException ->
          host.equals("*")
              ? "every address of this machine is 0.0.0.0:PORT, or [::]:PORT with IPv6"
              : "no such host is known here";
      case Endpoint.Tcp _ when said.startsWith("Address already in use") ->
          "another program listens there, perhaps another ferryd; choose another port with --listen"
              + " HOST:PORT (ferryd share: --port N)";
      case Endpoint.Tcp _ when said.startsWith("Cannot assign requested address") ->
          "this machine has no such address";
      case Endpoint.Tcp _ when said.startsWith("Permission denied") ->
          "this user may not, as ports below 1024 are root's; choose another one";
      case Endpoint.Tcp _ -> said;
    };
  }

  private static String whyNot(Endpoint.Unix wanted, IOException failure) {
    Path folder = wanted.path().toAbsolutePath().getParent();
    return switch (failure) {
      case NoSuchFileException _ -> "the folder %s does not exist".formatted(folder);
      case AccessDeniedException _ -> "this user may not write in the folder %s".formatted(folder);
      default -> StateException.reason(failure, wanted.path());
    };
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

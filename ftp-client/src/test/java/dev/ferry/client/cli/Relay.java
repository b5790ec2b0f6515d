package dev.ferry.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a server that come and go, and counts. A client's end is not passed
 * on, as when its machine lost power: the server goes on believing in the connection.
 */
final class Relay implements AutoCloseable {
  /** So small that little is on its way when one side is killed. */
  private static final int BUFFER = 128 << 10;

  private final ServerSocket listener;
  private final AtomicLong passed = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int port;

  Relay() throws IOException {
    listener = new ServerSocket();
    listener.setReceiveBufferSize(BUFFER);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /** New connections go to this port of this machine. */
  void to(int serverPort) {
    port = serverPort;
  }

  String url(String path) {
    return "ferry://127.0.0.1:" + listener.getLocalPort() + path;
  }

  /** How many bytes went through, in both directions. */
  long passed() {
    return passed.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try {
      Socket server = new Socket();
      open.add(server);
      server.setReceiveBufferSize(BUFFER);
      server.setSendBufferSize(BUFFER);
      client.setSendBufferSize(BUFFER);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Thread.ofPlatform().daemon().start(() -> pump(client, server));
      pump(server, client);
    } catch (IOException _) {
      // No server is there at the moment.
    }
    close(client);
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        passed.addAndGet(count);
      }
    } catch (IOException _) {
      // One of the two is gone.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Relay::close);
  }
}

package dev.ferry.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between client and server, and hurts the first connections. */
final class Proxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int port;
  private final Harm harm;
  private final AtomicInteger left;
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch harmed = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What is done to a connection. */
  enum Harm {
    /** Both directions end at once. */
    CUT,
    /** Nothing more comes through, in either direction. */
    STALL,
    /** One bit comes through wrong, in each direction. */
    FLIP
  }

  /**
   * What is done to which connections, and when.
   *
   * @param connections how many of the first ones
   * @param afterBytes how many pass before, from the side that sends more
   */
  record Plan(Harm harm, int connections, long afterBytes) {}

  private final long afterBytes;

  /** A proxy for a server on this machine. */
  Proxy(int port, Plan plan) throws IOException {
    this.port = port;
    harm = plan.harm();
    left = new AtomicInteger(plan.connections());
    afterBytes = plan.afterBytes();
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String url(String path) {
    return "ferry://127.0.0.1:" + listener.getLocalPort() + path;
  }

  int connections() {
    return connections.get();
  }

  /** Waits until the first connection was hurt. */
  void awaitHarm() {
    try {
      harmed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(server);
        connections.incrementAndGet();
        long limit = left.getAndDecrement() > 0 ? afterBytes : Long.MAX_VALUE;
        Thread.ofVirtual().start(() -> pump(client, server, limit));
        Thread.ofVirtual().start(() -> pump(server, client, limit));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private void pump(Socket from, Socket to, long limit) {
    byte[] buffer = new byte[8 << 10];
    long passed = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      while (passed < limit || harm == Harm.FLIP) {
        long most = passed < limit ? limit - passed : buffer.length;
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, most));
        if (count < 0) {
          break;
        }
        if (passed == limit) {
          buffer[0] ^= 1;
        }
        out.write(buffer, 0, count);
        passed += count;
      }
    } catch (IOException _) {
      // The other direction has ended it.
    }
    if (passed < limit || harm == Harm.CUT) {
      close(from);
      close(to);
    }
    if (passed >= limit) {
      harmed.countDown();
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
    open.forEach(Proxy::close);
  }
}

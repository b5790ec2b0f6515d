package dev.ferry.client.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes connections on to a server of this machine, and holds back what the server says beyond so
 * many bytes, on each of them, until it is let go.
 */
final class HoldingProxy implements AutoCloseable {
  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong asked = new AtomicLong();
  private final CountDownLatch letGo = new CountDownLatch(1);
  private volatile boolean holding;
  private final int server;
  private final long bytes;

  HoldingProxy(int server, long bytes) throws IOException {
    this.server = server;
    this.bytes = bytes;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many there have been. */
  int connections() {
    return connections.get();
  }

  /** Whether it has held something back. */
  boolean isHolding() {
    return holding;
  }

  /** Bytes that went to the server so far. */
  long asked() {
    return asked.get();
  }

  void letGo() {
    letGo.countDown();
  }

  @Override
  public void close() throws IOException {
    letGo();
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket ahead = new Socket(InetAddress.getLoopbackAddress(), server);
        open.add(client);
        open.add(ahead);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> pass(client, ahead, asked, Long.MAX_VALUE));
        Thread.ofVirtual().start(() -> pass(ahead, client, new AtomicLong(), bytes));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void pass(Socket from, Socket to, AtomicLong passed, long free) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 << 10];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (passed.addAndGet(count) > free) {
          holding = true;
          letGo.await();
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException _) {
      // Either side has closed; so does the other one now.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

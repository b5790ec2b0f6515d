package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of the stream at every boundary of two records, which anybody can forge. */
class TruncationTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  @TempDir Path temp;

  @AfterEach
  void forgetChoice() {
    System.clearProperty("ferry.tls");
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void nothingLooksCompleteThatIsNot(TlsProvider provider) throws IOException {
    Assumptions.assumeTrue(provider.missing() == null, provider.missing());
    System.setProperty("ferry.tls", provider == TlsProvider.JDK ? "jdk" : "");
    Path served = Files.createDirectory(temp.resolve("served"));
    Path source = Files.createDirectory(served.resolve("source"));
    Random random = new Random(9021);
    int size = 10;
    for (String name : NAMES) {
      byte[] bytes = new byte[size];
      random.nextBytes(bytes);
      Files.write(source.resolve(name), bytes);
      size *= 100;
    }
    try (FerryServer server =
        FerryServer.serving(served).anonymous(Role.WRITER).drain(Duration.ZERO).start()) {
      for (boolean ofServer : new boolean[] {true, false}) {
        int failed = 0;
        boolean cut = true;
        for (int records = 0; cut; records++) {
          String name = "%s-%b-%d".formatted(provider, ofServer, records);
          try (Cutter cutter = new Cutter(server.port(), ofServer, records)) {
            failed += transfer(cutter, server, "get", "/source", temp.resolve(name), source);
            cut = cutter.left() < 0;
          }
          try (Cutter cutter = new Cutter(server.port(), ofServer, records)) {
            failed += transfer(cutter, server, "put", "/" + name, served.resolve(name), source);
            cut |= cutter.left() < 0;
          }
        }
        assertThat(failed).isGreaterThan(10);
      }
    }
  }

  /** 1 if it failed; whether or not, what is there must be whole. */
  private int transfer(
      Cutter cutter, FerryServer server, String command, String remote, Path to, Path from)
      throws IOException {
    String url = "ferry://127.0.0.1:" + cutter.port() + remote;
    boolean get = command.equals("get");
    ExitCode code =
        Program.in(temp)
            .run(
                command,
                "-r",
                "--retries=0",
                "--fingerprint=" + server.fingerprint(),
                get ? url : from.toString(),
                get ? to.toString() : url)
            .code();
    for (String name : NAMES) {
      if (code == ExitCode.OK || Files.exists(to.resolve(name))) {
        assertThat(to.resolve(name))
            .as(cutter.toString())
            .hasSameBinaryContentAs(from.resolve(name));
      }
    }
    return code == ExitCode.OK ? 0 : 1;
  }

  /** Lets so many records of one side through, then ends that direction. */
  private static final class Cutter implements AutoCloseable {
    private final ServerSocket listener;
    private final int port;
    private final boolean ofServer;
    private final AtomicInteger left;

    Cutter(int port, boolean ofServer, int records) throws IOException {
      this.port = port;
      this.ofServer = ofServer;
      left = new AtomicInteger(records);
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    int port() {
      return listener.getLocalPort();
    }

    /** How many more it would have let through; below 0: it has cut. */
    int left() {
      return left.get();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = listener.accept();
          Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
          Thread.ofVirtual().start(() -> pump(client, server, !ofServer));
          Thread.ofVirtual().start(() -> pump(server, client, ofServer));
        }
      } catch (IOException _) {
        // The test is over.
      }
    }

    private void pump(Socket from, Socket to, boolean cut) {
      try (from) {
        DataInputStream in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream();
        while (true) {
          byte[] head = new byte[5];
          in.readFully(head);
          byte[] record = in.readNBytes((head[3] & 0xff) << 8 | (head[4] & 0xff));
          if (cut && left.decrementAndGet() < 0) {
            to.shutdownOutput();
            in.readAllBytes();
            return;
          }
          out.write(head);
          out.write(record);
        }
      } catch (IOException _) {
        closed(to);
      }
    }

    private static void closed(Socket socket) {
      try {
        socket.shutdownOutput();
      } catch (IOException _) {
        // It has ended already.
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }

    @Override
    public String toString() {
      return (ofServer ? "server" : "client") + ", " + left.get() + " records left";
    }
  }
}

package dev.ferry.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.server.account.Sessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import jdk.net.ExtendedSocketOptions;

/**
 * Where a running server is administered: a Unix socket in its state folder, which its own user
 * alone can connect to. {@link RunningServer} is the other end.
 *
 * <p>One request a connection, one connection at a time, and a few seconds for each. A request is a
 * line: {@code list}, {@code end ID} or {@code review}. The answer is a line for each session, if
 * they were asked for, and {@code ok} or {@code none}. Nothing that happens here ends the server.
 */
final class ControlSocket implements AutoCloseable {
  private static final String NAME = "control";
  private static final int BACKLOG = 16;
  private static final int LONGEST_REQUEST = 64;

  /** How long one connection may take. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SocketFile socket;
  private final Sessions sessions;
  private final EventLog log;
  private final Duration patience;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ControlSocket(SocketFile socket, Sessions sessions, EventLog log, Duration patience) {
    this.socket = socket;
    this.sessions = sessions;
    this.log = log;
    this.patience = patience;
  }

  /**
   * Listens in a state folder that this process is the server of.
   *
   * @return null if that is not possible; the log says why
   */
  static ControlSocket open(Path state, Sessions sessions, EventLog log, Duration patience) {
    Path path = path(state);
    try {
      ControlSocket control =
          new ControlSocket(SocketFile.bind(path, BACKLOG), sessions, log, patience);
      Thread.ofPlatform().daemon().name("ferry-control").start(control::serve);
      return control;
    } catch (IOException e) {
      log.warn("control")
          .with("msg", "ferryd sessions does not work: %s: %s".formatted(path, e.getMessage()))
          .write();
      return null;
    }
  }

  static Path path(Path state) {
    return state.toAbsolutePath().resolve(NAME);
  }

  private void serve() {
    while (closed.getCount() > 0) {
      try (SocketChannel channel = socket.channel().accept()) {
        Thread.ofVirtual().name("ferry-control").start(() -> answer(channel)).join(patience);
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException e) {
        rest(log.error("control").with("msg", e.getMessage()));
      } catch (InterruptedException | RuntimeException | Error e) {
        rest(log.defect(e));
      }
    }
  }

  private void rest(Event failure) {
    failure.write();
    try {
      closed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the control socket", e);
    }
  }

  private void answer(SocketChannel channel) {
    try {
      if (isOwnUser(channel)) {
        ByteBuffer answer = ByteBuffer.wrap(answer(request(channel)).getBytes(UTF_8));
        while (answer.hasRemaining()) {
          channel.write(answer);
        }
      }
    } catch (IOException _) {
      // The other side left, or its time is over.
    } catch (RuntimeException | Error e) {
      log.defect(e).write();
    }
  }

  /** The folder keeps others out; this holds even if somebody opened it to them. */
  private boolean isOwnUser(SocketChannel channel) throws IOException {
    return !channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
        || channel
            .getOption(ExtendedSocketOptions.SO_PEERCRED)
            .user()
            .equals(Files.getOwner(socket.path(), LinkOption.NOFOLLOW_LINKS));
  }

  /** The first line, or what there is of it. */
  private static String request(SocketChannel channel) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(LONGEST_REQUEST);
    int end = -1;
    while (end < 0 && line.hasRemaining() && channel.read(line) >= 0) {
      end = new String(line.array(), 0, line.position(), US_ASCII).indexOf('\n');
    }
    return new String(line.array(), 0, Math.max(0, end), US_ASCII);
  }

  private String answer(String request) {
    String[] words = request.split(" ", 2);
    return switch (words[0]) {
      case "list" ->
          sessions.list().stream().map(SessionLine::of).collect(Collectors.joining())
              + RunningServer.OK;
      case "end" ->
          words.length == 2 && sessions.end(words[1]) ? RunningServer.OK : RunningServer.NONE;
      case "review" -> {
        sessions.review();
        yield RunningServer.OK;
      }
      default -> "";
    };
  }

  /** Stops listening, and removes the socket. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.channel().close();
    socket.remove();
  }
}

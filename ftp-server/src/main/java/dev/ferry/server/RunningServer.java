package dev.ferry.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.server.account.Sessions.SessionInfo;
import dev.ferry.server.account.StateFolder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server that works with a state folder, in whatever process it runs. Every call is a
 * connection of its own and waits for the server, but not for longer than 15 s.
 */
public final class RunningServer {
  static final String OK = "ok\n";
  static final String NONE = "none\n";

  private static final int LONGEST_ANSWER = 16 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Path state;

  private RunningServer(Path state) {
    this.state = state;
  }

  /** The one of this folder, if there is one. */
  public static RunningServer of(StateFolder folder) {
    return new RunningServer(folder.path());
  }

  /**
   * Who is logged in, the oldest first.
   *
   * @throws NoServerException if no server runs
   */
  public List<SessionInfo> sessions() throws IOException {
    List<SessionInfo> sessions = new ArrayList<>();
    String answer = ask("list");
    for (String line : answer.substring(0, answer.length() - OK.length()).lines().toList()) {
      sessions.add(SessionLine.parse(line));
    }
    return sessions;
  }

  /**
   * Ends a session, whatever it does.
   *
   * @return false if there is none of this name
   * @throws NoServerException if no server runs
   */
  public boolean end(String id) throws IOException {
    return ask("end " + id).equals(OK);
  }

  /**
   * Makes it look at the accounts and end whoever could not log in any more; has that done when it
   * returns.
   *
   * @throws NoServerException if no server runs
   */
  public void review() throws IOException {
    ask("review");
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      FutureTask<String> answer = new FutureTask<>(() -> ask(channel, request));
      Thread.startVirtualThread(answer);
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(
          "the ferryd that serves with %s does not answer: look at its log, or restart it"
              .formatted(state),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String ask(SocketChannel channel, String request) throws IOException {
    connect(channel);
    channel.write(ByteBuffer.wrap((request + "\n").getBytes(US_ASCII)));
    byte[] bytes = Channels.newInputStream(channel).readNBytes(LONGEST_ANSWER);
    String answer = new String(bytes, UTF_8);
    if (!answer.endsWith(OK) && !answer.equals(NONE)) {
      throw new IOException(
          "the ferryd that serves with %s gave no whole answer: is it of another version?"
              .formatted(state));
    }
    return answer;
  }

  private void connect(SocketChannel channel) throws IOException {
    Path socket = ControlSocket.path(state);
    if (!SocketFile.hasRoomFor(socket)) {
      throw new NoServerException(
          "the path %s is too long for a Unix socket, so no server can be asked there: give it a"
                  .formatted(socket)
              + " shorter --state",
          null);
    }
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      boolean blocked = Files.isDirectory(socket) || Files.isRegularFile(socket);
      throw new NoServerException(
          blocked
              ? "%s is in the way of the server's socket: remove it and restart ferryd"
                  .formatted(socket)
              : "no ferryd serves with the state folder " + state,
          e);
    }
  }
}

package dev.ferry.testkit;

import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The other side of a connection, played by a {@link Script}: a server for a client under test, or
 * a client for a server under test. It plays on a thread of its own; the test calls {@link
 * #finish()} to learn whether all went as written, and {@link #close()} in any case.
 *
 * {@snippet :
 * Script script = Script.begin().greetAsServer().expect(FrameType.STAT).cutAfter(5).send(reply);
 * try (ScriptedPeer server = ScriptedPeer.listening(script)) {
 *   assertThatThrownBy(() -> statAt(server.endpoint())).isInstanceOf(ConnectionLostException.class);
 *   server.finish();
 * }
 * }
 */
public final class ScriptedPeer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Endpoint endpoint;
  private final ServerSocketChannel door;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Performance> performances = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final CompletableFuture<Void> finished = new CompletableFuture<>();

  private ScriptedPeer(Endpoint endpoint, ServerSocketChannel door) {
    this.endpoint = endpoint;
    this.door = door;
  }

  /**
   * Listens on a free port of 127.0.0.1, and plays one script on each connection, one connection
   * after the other; those beyond the last script are not accepted.
   */
  public static ScriptedPeer listening(Script... scripts) throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    int port = ((InetSocketAddress) door.getLocalAddress()).getPort();
    ScriptedPeer peer = new ScriptedPeer(new Endpoint.Tcp("127.0.0.1", port), door);
    peer.start(
        () -> {
          for (Script script : scripts) {
            peer.play(script, door.accept());
          }
        });
    return peer;
  }

  /** Connects, and plays a script. */
  public static ScriptedPeer calling(Endpoint endpoint, Script script) throws IOException {
    SocketChannel channel = endpoint.connect(PATIENCE);
    ScriptedPeer peer = new ScriptedPeer(endpoint, null);
    peer.start(() -> peer.play(script, channel));
    return peer;
  }

  private interface Play {
    void run() throws IOException, InterruptedException;
  }

  private void start(Play play) {
    Thread.ofVirtual()
        .name("scripted-peer")
        .start(
            () -> {
              try {
                play.run();
                finished.complete(null);
              } catch (Throwable e) {
                finished.completeExceptionally(e);
              }
            });
  }

  private void play(Script script, SocketChannel channel) throws IOException, InterruptedException {
    try (Performance performance = new Performance(channel, received::add, released)) {
      performances.add(performance);
      performance.play(script);
    }
  }

  /** Where it listens, or is connected to. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** All frames that came so far, over all connections. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Ends every {@link Script#stall()}, this one and those to come. */
  public void release() {
    released.countDown();
  }

  /**
   * Waits until all scripts were played.
   *
   * @throws AssertionError if the other side did something else than they say, or nothing for 20 s
   */
  public void finish() {
    try {
      finished.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof AssertionError error) {
        throw error;
      }
      throw new AssertionError("the script was not played to its end", e.getCause());
    }
  }

  /** Ends all connections, whatever the scripts say. */
  @Override
  public void close() throws IOException {
    release();
    if (door != null) {
      door.close();
    }
    for (Performance performance : performances) {
      performance.close();
    }
  }
}

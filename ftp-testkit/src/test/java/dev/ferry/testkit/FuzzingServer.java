package dev.ferry.testkit;

import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A server that says what it was told to say, whatever it is asked, and then hears the rest. */
final class FuzzingServer implements AutoCloseable {
  private final ServerSocketChannel door;
  private final Path socket;
  private volatile byte[] said;

  FuzzingServer(Path socket) throws IOException {
    this.socket = socket;
    door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofPlatform().daemon().start(this::run);
  }

  Endpoint endpoint() {
    return new Endpoint.Unix(socket);
  }

  /** What the next clients are told. */
  void say(byte[] bytes) {
    said = bytes;
  }

  private void run() {
    while (door.isOpen()) {
      try (SocketChannel channel = door.accept()) {
        ByteBuffer out = ByteBuffer.wrap(said);
        while (out.hasRemaining()) {
          channel.write(out);
        }
        channel.shutdownOutput();
        Channels.newInputStream(channel).transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // The client has hung up, or the test is over.
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}

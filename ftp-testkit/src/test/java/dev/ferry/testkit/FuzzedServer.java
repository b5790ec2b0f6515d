package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Limits;
import dev.ferry.server.FerryServer;
import dev.ferry.server.ServerBuilder;
import dev.ferry.transfer.link.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/**
 * The real server, to which anything may be said: it answers in frames and ends, has no defect, and
 * leaves alone what is outside its root.
 */
final class FuzzedServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Queue<String> defects = new ConcurrentLinkedQueue<>();
  private final Path root;
  private final Path outside;
  private final Map<String, String> untouched;
  private final FerryServer server;

  FuzzedServer(Path folder, UnaryOperator<ServerBuilder> settings) throws IOException {
    outside = Snapshot.plant(folder.resolve("outside"));
    untouched = Snapshot.of(outside);
    root = Files.createDirectory(folder.resolve("root"));
    server =
        settings
            .apply(
                FerryServer.serving(root)
                    .listen(new Endpoint.Unix(folder.resolve("s")))
                    .durability(Frame.Durability.NONE)
                    .drain(Duration.ZERO)
                    .log(this::log))
            .start();
  }

  /** The event is the third word; the same text in a path is not one. */
  private void log(String line) {
    if (line.split(" ", 4)[2].equals("event=defect")) {
      defects.add(line);
    }
  }

  Endpoint endpoint() {
    return server.endpoint();
  }

  /** Lets the root hold a few things and nothing else. */
  void reset() throws IOException {
    Snapshot.clear(root);
    Files.createDirectories(root.resolve("d/e"));
    Files.writeString(root.resolve("a"), "hello");
    Files.writeString(root.resolve("d/b"), "there");
    Files.createSymbolicLink(root.resolve("link"), outside);
  }

  /** Says this and nothing more, and returns what is answered until the connection ends. */
  List<Frame> answers(byte[] said) throws IOException {
    byte[] heard;
    try (SocketChannel channel = endpoint().connect(PATIENCE)) {
      ByteBuffer out = ByteBuffer.wrap(said);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      channel.shutdownOutput();
      heard = heard(channel);
    }
    assertThat(defects).isEmpty();
    assertThat(Snapshot.of(outside)).isEqualTo(untouched);
    return frames(ByteBuffer.wrap(heard));
  }

  /** A server that has heard enough may not read the rest, which resets the connection. */
  private static byte[] heard(SocketChannel channel) {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try {
      Channels.newInputStream(channel).transferTo(heard);
    } catch (IOException _) {
      return new byte[0];
    }
    return heard.toByteArray();
  }

  private static List<Frame> frames(ByteBuffer in) throws IOException {
    List<Frame> frames = new ArrayList<>();
    while (in.hasRemaining()) {
      FrameHeader header = FrameHeader.parse(in, Limits.PAYLOAD);
      ByteBuffer payload = in.slice(in.position(), header.length());
      in.position(in.position() + header.length());
      if (header.type() != FrameType.DATA) {
        frames.add(FrameCodec.decode(header.type(), payload));
      }
    }
    return frames;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

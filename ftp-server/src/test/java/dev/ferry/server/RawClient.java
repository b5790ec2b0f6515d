package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Speaks to a server frame by frame, or byte by byte. */
final class RawClient implements AutoCloseable {
  private static final Credential.Exchange ANYBODY = Frame.Login::anonymous;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final SocketChannel channel;
  final Link link;

  private RawClient(SocketChannel channel) {
    this.channel = channel;
    this.link = new Link(channel, "server", LinkTimes.STANDARD);
    link.deadline(PATIENCE, "did not answer");
  }

  static RawClient connect(Endpoint endpoint) throws IOException {
    return new RawClient(endpoint.connect(PATIENCE));
  }

  static RawClient connect(FerryServer server) throws IOException {
    return connect(server.endpoint());
  }

  /** Connects from an address of 127.0.0.0/8. */
  static RawClient connectFrom(String address, FerryServer server) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(address, 0));
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return over(channel);
  }

  /** Over a connection that the caller made. */
  static RawClient over(SocketChannel channel) {
    return new RawClient(channel);
  }

  /** Connects and logs in. */
  static RawClient login(FerryServer server) throws IOException {
    RawClient client = connect(server);
    client.greet();
    return client;
  }

  Frame.Welcome greet() throws IOException {
    return greet(ANYBODY);
  }

  /** Logs in without encryption. */
  Frame.Welcome greet(Credential credential) throws IOException {
    return greet(credential.begin(Binding.NONE));
  }

  private Frame.Welcome greet(Credential.Exchange login) throws IOException {
    Greeting.say(link, "test/1", login);
    link.flush();
    if (login.isAskedBack()) {
      send(login.answer(Greeting.asked(link)));
    }
    return Greeting.hear(link, login);
  }

  /** Tries a password that nobody has; returns all that the server says to that. */
  List<Frame> guess(String user) throws IOException {
    send(
        new Frame.Hello(1, 1, "test/1", List.of()),
        new Frame.Login(Frame.Login.PASSWORD, user, Scram.nonce()));
    List<Frame> answers = new ArrayList<>(List.of(read(), read()));
    send(new Frame.Proof(Scram.nonce()));
    answers.add(read());
    return answers;
  }

  /** Sends raw bytes, whatever they are. */
  void bytes(byte... bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Sends frames in one piece. */
  RawClient send(Frame... frames) throws IOException {
    for (Frame frame : frames) {
      link.send(frame);
    }
    link.flush();
    return this;
  }

  Frame read() throws IOException {
    return link.read();
  }

  /** One request and its reply. */
  Frame ask(Frame request) throws IOException {
    return send(request).read();
  }

  /** A LIST with all its items; the last frame is the reply. */
  Listed list(Frame.ListFolder request) throws IOException {
    send(request);
    List<Frame.Item> items = new ArrayList<>();
    while (true) {
      switch (read()) {
        case Frame.Items some -> items.addAll(some.items());
        case Frame last -> {
          return new Listed(items, last);
        }
      }
    }
  }

  /** What a LIST was answered with. */
  record Listed(List<Frame.Item> items, Frame last) {
    List<String> names() {
      return items.stream().map(item -> String.join("/", item.path())).sorted().toList();
    }
  }

  /**
   * Reads until the server closes the connection.
   *
   * @return the code of its last words, null if it said no ERROR
   */
  ErrorCode end() throws IOException {
    ErrorCode last = null;
    try {
      for (FrameHeader header = link.next(); header != null; header = link.next()) {
        if (header.type() != FrameType.DATA) {
          Frame frame = link.control(header);
          last = frame instanceof Frame.Failure failure ? failure.reason().known() : null;
        }
      }
      return last;
    } catch (ConnectionLostException e) {
      assertThat(e).hasMessageNotContaining("did not answer");
      return last;
    }
  }

  /** Whether the server has closed the connection; waits for it. */
  boolean isClosedByServer() throws IOException {
    return link.next() == null;
  }

  @Override
  public void close() {
    link.close();
  }
}

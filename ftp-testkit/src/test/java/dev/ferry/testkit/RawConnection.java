package dev.ferry.testkit;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client that says what it likes, and understands what it is answered. */
final class RawConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final SocketChannel channel;
  private final Link link;

  private RawConnection(SocketChannel channel) {
    this.channel = channel;
    link = new Link(channel, "server", LinkTimes.STANDARD);
    link.deadline(PATIENCE, "did not answer");
  }

  static RawConnection login(Endpoint endpoint) throws IOException {
    RawConnection client = new RawConnection(endpoint.connect(PATIENCE));
    Credential.Exchange anybody = Credential.anonymous().begin(Binding.NONE);
    Greeting.say(client.link, "test/1", anybody);
    client.link.flush();
    Greeting.hear(client.link, anybody);
    return client;
  }

  void bytes(byte... bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  void send(Frame frame) throws IOException {
    link.sendNow(frame);
  }

  Frame ask(Frame request) throws IOException {
    send(request);
    return link.read();
  }

  List<String> names(Frame.ListFolder request) throws IOException {
    List<String> names = new ArrayList<>();
    Frame answer = ask(request);
    while (answer instanceof Frame.Items some) {
      some.items().forEach(item -> names.add(String.join("/", item.path())));
      answer = link.read();
    }
    if (!(answer instanceof Frame.ListEnd)) {
      throw new AssertionError(answer.toString());
    }
    return names;
  }

  /**
   * Says something that is to be refused; the connection is ready again.
   *
   * @return why, or null if it was not refused
   */
  ErrorCode refused(byte[] request) throws IOException {
    bytes(request);
    return switch (link.read()) {
      case Frame.Failure failure -> failure.reason().known();
      case Frame.Abort abort -> {
        send(new Frame.Abort(new Reason(ErrorCode.CANCELLED, "")));
        yield abort.reason().known();
      }
      case Frame.EntryError error -> {
        link.read();
        send(new Frame.JobDone(0, 0, 0, 1, 0));
        yield error.reason().known();
      }
      case Frame _ -> null;
    };
  }

  /** What the server says last, which it says before anything else; null if it just closes. */
  ErrorCode lastWord() throws IOException {
    for (FrameHeader header = link.next(); header != null; header = link.next()) {
      if (link.control(header) instanceof Frame.Failure failure) {
        return failure.reason().known();
      }
    }
    return null;
  }

  /**
   * Sends the contents, all empty, of what a PUT asks for, until it is done.
   *
   * @return what failed, and why
   */
  Map<Long, ErrorCode> receiveEmptyFiles() throws IOException {
    Map<Long, ErrorCode> failed = new HashMap<>();
    while (true) {
      switch (link.read()) {
        case Frame.Wants wants -> {
          for (Frame.Want want : wants.wants()) {
            OneChunk.EMPTY.send(link, want.entry());
          }
          link.flush();
        }
        case Frame.Results results ->
            results.results().stream()
                .filter(result -> result.reason() != null)
                .forEach(
                    result -> {
                      for (long i = 0; i < result.count(); i++) {
                        failed.put(result.first() + i, result.reason().known());
                      }
                    });
        case Frame.Job _ -> {}
        case Frame.JobDone _ -> {
          return failed;
        }
        case Frame other -> throw new AssertionError(other.toString());
      }
    }
  }

  @Override
  public void close() {
    link.close();
  }
}

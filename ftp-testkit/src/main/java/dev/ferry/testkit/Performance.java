package dev.ferry.testkit;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A script that is played on one connection. Used by one thread; {@link #close} by any. */
final class Performance implements AutoCloseable {
  private final SocketChannel channel;
  private final Consumer<Received> heard;
  private final CountDownLatch released;
  private int slice = Integer.MAX_VALUE;
  private long sendable = Long.MAX_VALUE;

  Performance(SocketChannel channel, Consumer<Received> heard, CountDownLatch released) {
    this.channel = channel;
    this.heard = heard;
    this.released = released;
  }

  /**
   * Plays it to its end, or until the connection is cut as it says.
   *
   * @throws AssertionError if the other side does something else than expected; the message names
   *     the step
   */
  void play(Script script) throws IOException, InterruptedException {
    List<Step> steps = script.steps();
    for (int i = 0; i < steps.size() && channel.isOpen(); i++) {
      try {
        play(steps.get(i));
      } catch (IOException e) {
        throw new AssertionError("step %d, %s: %s".formatted(i + 1, steps.get(i), e), e);
      }
    }
    channel.close();
  }

  private void play(Step step) throws IOException, InterruptedException {
    switch (step) {
      case Step.Send send -> send(ByteBuffer.wrap(send.bytes().toArray()));
      case Step.Expect expect -> expect(expect.type());
      case Step.ExpectAll expect -> expectAll(new ArrayList<>(expect.types()));
      case Step.UntilEnd _ -> untilEnd();
      case Step.Slices slices -> slice = slices.bytes();
      case Step.CutAfter cut -> sendable = cut.bytes();
      case Step.Stall _ -> released.await();
      case Step.Cut _ -> channel.close();
      case Step.Reset _ -> {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      }
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (sendable == 0) {
        channel.close();
        return;
      }
      int length = (int) Math.min(sendable, Math.min(slice, bytes.remaining()));
      ByteBuffer piece = bytes.slice(bytes.position(), length);
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
      bytes.position(bytes.position() + length);
      sendable -= length;
    }
    if (sendable == 0) {
      channel.close();
    }
  }

  private void expect(FrameType type) throws IOException {
    Received frame = read();
    while (frame != null && frame.type() == FrameType.ALIVE && type != FrameType.ALIVE) {
      frame = read();
    }
    if (frame == null || frame.type() != type) {
      throw unexpected(frame);
    }
  }

  private void expectAll(List<FrameType> missing) throws IOException {
    while (!missing.isEmpty()) {
      Received frame = read();
      if (frame == null || (frame.type() != FrameType.ALIVE && !missing.remove(frame.type()))) {
        throw unexpected(frame);
      }
    }
  }

  private static IOException unexpected(Received frame) throws IOException {
    if (frame == null) {
      return new EOFException("the other side ended the connection");
    }
    String what = frame.type() == FrameType.DATA ? "DATA" : String.valueOf(frame.frame());
    return new IOException("it was " + what);
  }

  private void untilEnd() {
    try {
      while (read() != null) {
        // Whatever it is, it is only remembered.
      }
    } catch (IOException _) {
      // A reset is an end too.
    }
  }

  /** The next frame, or null at the end. */
  private Received read() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FrameHeader.BYTES);
    if (channel.read(header) < 0) {
      return null;
    }
    fill(header);
    FrameHeader parsed = FrameHeader.parse(header, Limits.PAYLOAD);
    ByteBuffer payload = ByteBuffer.allocate(parsed.length());
    fill(payload);
    Received frame = new Received(parsed.type(), Bytes.of(payload.array()));
    heard.accept(frame);
    return frame;
  }

  private void fill(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the other side ended the connection in the middle of a frame");
      }
    }
    buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

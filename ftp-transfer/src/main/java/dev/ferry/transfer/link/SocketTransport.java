package dev.ferry.transfer.link;

import dev.ferry.protocol.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are, with the clock told of every call that may block. */
final class SocketTransport implements Transport {
  private final SocketChannel channel;
  private final LinkWatch watch;
  private volatile long bytesRead;
  private volatile long bytesWritten;

  SocketTransport(SocketChannel channel, LinkWatch watch) {
    this.channel = channel;
    this.watch = watch;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the reading thread writes it.
  public int read(ByteBuffer into) throws IOException {
    watch.readBegins();
    int count = channel.read(into);
    watch.readEnds();
    bytesRead += Math.max(count, 0);
    return count;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the writing thread writes it.
  public void write(ByteBuffer... from) throws IOException {
    long counted = bytesWritten;
    watch.writeBegins();
    while (isLeft(from)) {
      bytesWritten += from.length == 1 ? channel.write(from[0]) : channel.write(from);
      watch.wrote();
      if (bytesWritten - counted >= Limits.LEAST_TAKEN) {
        counted = bytesWritten;
        watch.writeBegins();
      }
    }
    watch.writeEnds();
  }

  private static boolean isLeft(ByteBuffer... buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void bulk(boolean on) {
    // The reader's own buffers are all there are.
  }

  @Override
  public void end() {
    // The end of the stream says it.
  }

  long bytesRead() {
    return bytesRead;
  }

  long bytesWritten() {
    return bytesWritten;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing of it is needed any more.
    }
  }
}

package dev.ferry.client;

import dev.ferry.protocol.Reason;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.Pace;
import dev.ferry.transfer.StreamReceiver;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A GET whose content goes to a stream. Cancelled between two chunks, so that the link survives.
 */
final class CatJob implements Connection.Job, WritableByteChannel {
  private final StreamReceiver receiver;
  private final WritableByteChannel out;
  private volatile boolean cancelled;
  private long bytes;

  CatJob(Link link, WritableByteChannel out, String name, Pace pace) {
    this.out = out;
    receiver = new StreamReceiver(link, this, name, pace);
  }

  @Override
  public JobSummary run() throws IOException {
    bytes = receiver.run();
    return new JobSummary(1, 0, 0, 0, bytes, null);
  }

  @Override
  public void cancel(Reason why) {
    cancelled = true;
    receiver.hurry();
  }

  long bytes() {
    return bytes;
  }

  @Override
  public int write(ByteBuffer chunk) throws IOException {
    if (cancelled) {
      throw new CancelledException();
    }
    return out.write(chunk);
  }

  @Override
  public boolean isOpen() {
    return out.isOpen();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

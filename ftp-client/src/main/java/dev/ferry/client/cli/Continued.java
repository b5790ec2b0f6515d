package dev.ferry.client.cli;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/**
 * Content on its way to standard output that may begin anew after a lost connection: what was
 * written already is dropped, but summed up, so that a file that changed meanwhile is noticed.
 */
final class Continued implements WritableByteChannel {
  private final Output out;
  private final CRC32C written = new CRC32C();
  private CRC32C repeated = new CRC32C();
  private long length;
  private long position;
  private byte[] copy = new byte[0];

  Continued(Output out) {
    this.out = out;
  }

  /** From now on the content comes from its beginning. */
  Continued again() {
    position = 0;
    repeated = new CRC32C();
    return this;
  }

  @Override
  public int write(ByteBuffer content) throws IOException {
    int count = content.remaining();
    if (position < length) {
      repeat(content);
    }
    if (content.hasRemaining()) {
      pass(content);
    }
    return count;
  }

  private void repeat(ByteBuffer content) throws RefusedException {
    int known = (int) Math.min(content.remaining(), length - position);
    repeated.update(content.slice(content.position(), known));
    content.position(content.position() + known);
    position += known;
    if (position == length && repeated.getValue() != written.getValue()) {
      throw new RefusedException(
          ErrorCode.SOURCE_CHANGED, "the file changed while the connection was lost");
    }
  }

  private void pass(ByteBuffer content) throws OutputException {
    written.update(content.duplicate());
    int count = content.remaining();
    if (copy.length < count) {
      copy = new byte[count];
    }
    content.get(copy, 0, count);
    out.write(copy, 0, count);
    length += count;
    position += count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}

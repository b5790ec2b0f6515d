package dev.ferry.client.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Standard output: UTF-8, buffered until {@link #flush()}. Unlike a {@link java.io.PrintStream} it
 * says so when nobody can read it any more, and says it once: what could not be written is dropped.
 * It is never closed, only flushed. Used by one thread at a time.
 */
public final class Output extends OutputStream {
  private static final int BUFFER = 32 << 10;

  private final OutputStream out;
  private final BooleanSupplier isPipe;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;

  /**
   * Writes to this stream; whoever opened it closes it.
   *
   * @param isPipe asked when writing fails: whether that means that the reader went away
   */
  public Output(OutputStream out, BooleanSupplier isPipe) {
    this.out = out;
    this.isPipe = isPipe;
  }

  /** Writes a line; foreign text in it must have gone through Printable. */
  public void line(String text) throws OutputException {
    write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(int value) throws OutputException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes) throws OutputException {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws OutputException {
    if (length > buffer.length - filled) {
      flush();
    }
    if (length > buffer.length) {
      pass(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, filled, length);
      filled += length;
    }
  }

  @Override
  public void flush() throws OutputException {
    int length = filled;
    filled = 0;
    pass(buffer, 0, length);
  }

  private void pass(byte[] bytes, int offset, int length) throws OutputException {
    try {
      out.write(bytes, offset, length);
      out.flush();
    } catch (IOException e) {
      throw new OutputException(e, isPipe.getAsBoolean());
    }
  }

  @Override
  public void close() throws OutputException {
    flush();
  }
}

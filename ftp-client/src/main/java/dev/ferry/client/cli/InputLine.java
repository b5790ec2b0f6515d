package dev.ferry.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one line and not a byte more. */
final class InputLine {
  /** Longer is no answer, and no password. */
  private static final int MOST_BYTES = 8 << 10;

  private InputLine() {}

  /**
   * The line without its end; what it was read into is overwritten.
   *
   * @return for the caller to overwrite; null at the end of the input
   * @throws CharacterCodingException if it is not UTF-8
   */
  static char[] read(InputStream in) throws IOException {
    byte[] line = new byte[MOST_BYTES];
    int length = 0;
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (length == line.length) {
        throw new IOException("the line is longer than %d bytes".formatted(MOST_BYTES));
      }
      line[length++] = (byte) next;
      next = in.read();
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
      char[] chars = new char[text.remaining()];
      text.get(chars);
      Arrays.fill(text.array(), '\0');
      return chars;
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }
}

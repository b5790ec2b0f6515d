package dev.ferry.server.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * The end of a file of the log.
 *
 * @param last its last line; null: it has none
 * @param torn bytes behind that, of a line that has no end
 */
record AuditTail(AuditLine last, int torn) {
  /** Looks at a file; null if its end was not written by Ferry. */
  static AuditTail of(FileChannel channel) throws IOException {
    long length = channel.size();
    byte[] bytes = new byte[(int) Math.min(length, 2L * AuditLine.LONGEST)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, length - buffer.remaining());
    }
    int end = newlineBefore(bytes, bytes.length);
    int torn = bytes.length - 1 - end;
    if (torn > AuditLine.LONGEST) {
      return null;
    }
    if (end < 0) {
      return new AuditTail(null, torn);
    }
    byte[] line = Arrays.copyOfRange(bytes, newlineBefore(bytes, end) + 1, end);
    AuditLine.Parsed parsed = AuditLine.parse(line, line.length);
    return parsed == null
        ? null
        : new AuditTail(AuditLine.at(parsed.seq(), line, line.length), torn);
  }

  /** Where the last end of a line before a place is; -1: there is none. */
  private static int newlineBefore(byte[] bytes, int place) {
    int at = place - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }
}

package dev.ferry.transfer.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The permissions that this process does not give to new files. Read from /proc, because umask(2)
 * tells them only by changing them.
 */
final class Umask {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LABEL = "Umask:";

  /** Where it cannot be known, others get nothing. */
  private static final int CAUTIOUS = 077;

  private static final int VALUE = read();

  private Umask() {}

  /** The bits of a mode that may be set: none above 0777, none that the umask holds back. */
  static int apply(int mode) {
    return mode & 0777 & ~VALUE;
  }

  private static int read() {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith(LABEL)) {
          return Integer.parseInt(line.substring(LABEL.length()).strip(), 8);
        }
      }
    } catch (IOException | NumberFormatException e) {
      return CAUTIOUS;
    }
    return CAUTIOUS;
  }
}

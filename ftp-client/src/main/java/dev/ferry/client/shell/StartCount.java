package dev.ferry.client.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How often the shell has been started, in a file of its own. A count that cannot be read or kept
 * is no reason to bother anybody.
 */
final class StartCount {
  private static final int LONGEST = 20;

  private StartCount() {}

  /**
   * Counts this start.
   *
   * @return the number of starts, this one included; 1 if nothing is known about earlier ones
   */
  static int next(Path file) {
    int count = earlier(file) + 1;
    try {
      Files.writeString(file, count + "\n");
    } catch (IOException _) {
      // The longer greeting comes once more.
    }
    return count;
  }

  private static int earlier(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        return 0;
      }
      int count = Integer.parseInt(Files.readString(file).strip());
      return Math.clamp(count, 0, Integer.MAX_VALUE - 1);
    } catch (IOException | NumberFormatException _) {
      return 0;
    }
  }
}

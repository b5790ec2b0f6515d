package dev.ferry.client.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What stands behind the standard streams, as far as /proc tells. */
final class Descriptors {
  private Descriptors() {}

  static boolean isTerminal(int descriptor) {
    String target = target(descriptor);
    return target == null
        ? Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        : target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
  }

  /** Whether it is a pipe or a socket, whose other end may go away. */
  static boolean isPipe(int descriptor) {
    String target = target(descriptor);
    return target == null || target.startsWith("pipe:") || target.startsWith("socket:");
  }

  /** Null where the system does not say. */
  private static String target(int descriptor) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException | UnsupportedOperationException _) {
      return null;
    }
  }
}

package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What {@code ferryd} has to know about where it runs. */
record Machine(boolean isRoot, Path home) {
  private static final Path STATE_OF_ROOT = Path.of("/var/lib/ferryd");
  private static final Path SELF = Path.of("/proc/self");
  private static final int ROOT = 0;

  static Machine here() {
    return new Machine(runsAsRoot(), home(System.getenv("HOME"), System.getProperty("user.home")));
  }

  /**
   * The home folder of whoever runs it.
   *
   * @param told the variable HOME; null if it is not set
   * @param known what the system has on record
   */
  static Path home(String told, String known) {
    return told != null && told.startsWith("/") ? Path.of(told) : Path.of(known);
  }

  private static boolean runsAsRoot() {
    try {
      return (int) Files.getAttribute(SELF, "unix:uid") == ROOT;
    } catch (IOException | UnsupportedOperationException _) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** Where the server's own files are, unless it is told. */
  Path state() {
    return isRoot ? STATE_OF_ROOT : home.resolve(".local/state/ferryd");
  }

  /** Says in the log of a server that root is what clients act as. */
  void warnOfRoot(PrintWriter log) {
    if (isRoot) {
      String text = "ferryd runs as root: whatever clients may do, they do as root";
      log.println(
          "time=%s level=warn event=root msg=%s"
              .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS), Printable.quoted(text)));
    }
  }
}

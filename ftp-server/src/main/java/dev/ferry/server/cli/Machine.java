package dev.ferry.server.cli;

import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code ferryd} has to know about where it runs. */
record Machine(boolean isRoot, Path home) {
  private static final Path STATE_OF_ROOT = Path.of("/var/lib/ferryd");
  private static final Path SELF = Path.of("/proc/self");
  private static final int ROOT = 0;

  static Machine here() {
    return new Machine(runsAsRoot(), Path.of(System.getProperty("user.home")));
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

  /** Whether only programs of this machine can connect there. */
  static boolean isPrivate(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Unix _ -> true;
      case Endpoint.Tcp tcp -> {
        try {
          yield InetAddress.getByName(tcp.host()).isLoopbackAddress();
        } catch (IOException _) {
          // Listening will say what is wrong with it.
          yield true;
        }
      }
    };
  }
}

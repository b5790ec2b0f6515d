package dev.ferry.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process listens on, as the kernel tells (proc(5)). */
record Listeners(List<Integer> tcp, List<String> unix) {
  private static final String TCP_LISTEN = "0A";
  private static final String UNIX_LISTEN = "00010000";

  static Listeners of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> own = sockets(process);
    List<Integer> tcp = new ArrayList<>();
    for (String family : new String[] {"tcp", "tcp6"}) {
      for (String[] socket : table(process, family)) {
        if (socket[3].equals(TCP_LISTEN) && own.contains(socket[9])) {
          tcp.add(Integer.parseInt(socket[1].replaceFirst(".*:", ""), 16));
        }
      }
    }
    List<String> unix = new ArrayList<>();
    for (String[] socket : table(process, "unix")) {
      if (socket[3].equals(UNIX_LISTEN) && own.contains(socket[6])) {
        unix.add(socket.length > 7 ? socket[7] : "");
      }
    }
    return new Listeners(tcp, unix);
  }

  /** The inodes of its sockets. */
  private static Set<String> sockets(Path process) throws IOException {
    try (Stream<Path> all = Files.list(process.resolve("fd"))) {
      return all.map(Listeners::target)
          .filter(target -> target.startsWith("socket:"))
          .map(target -> target.replaceAll("[^0-9]", ""))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return ""; // Closed meanwhile.
    }
  }

  private static List<String[]> table(Path process, String family) throws IOException {
    return Files.readAllLines(process.resolve("net").resolve(family)).stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .toList();
  }
}

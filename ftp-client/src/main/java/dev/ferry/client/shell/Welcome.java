package dev.ferry.client.shell;

import dev.ferry.client.cli.Width;
import dev.ferry.protocol.Printable;
import java.util.ArrayList;
import java.util.List;

/** What the shell says first: where the user is, and what to try, with names that are there. */
final class Welcome {
  private static final String LEARN =
      "help lists every command, Tab completes names, Ctrl-D leaves.";

  private Welcome() {}

  /**
   * Where the shell stands.
   *
   * @param server host and port, or the socket
   * @param role what the user may do there
   * @param folder the remote folder
   */
  record Place(String server, String role, String folder) {
    String words() {
      return "Connected to "
          + Printable.text(server)
          + " as "
          + role
          + ", in "
          + Printable.text(folder);
    }
  }

  /**
   * Names to take examples from, each as a person would type it; null where there is none.
   *
   * @param folder a remote folder
   * @param file a remote file
   * @param text a remote file that can be read
   * @param local a local file
   */
  record Names(String folder, String file, String text, String local) {}

  /** At most twelve lines, for someone new; all without control characters. */
  static List<String> lines(Place place, Names names, boolean mayWrite) {
    List<String[]> examples = new ArrayList<>();
    examples.add(example("ls -l", "what is in this folder"));
    examples.add(
        example("cd " + or(names.folder(), "FOLDER"), "go into a folder; cd .. goes back"));
    examples.add(
        example("get " + or(names.file(), "FILE"), "fetch a file; get -r fetches a folder"));
    examples.add(example("cat " + or(names.text(), "FILE"), "read a file here"));
    if (mayWrite) {
      examples.add(
          example("put " + or(names.local(), "FILE"), "send a file; put -r sends a folder"));
      examples.add(example("mkdir new", "make a folder"));
    } else {
      examples.add(example("stat " + or(names.file(), "FILE"), "size, time and kind of one name"));
      examples.add(example("sum " + or(names.file(), "FILE"), "a file's SHA-256"));
    }
    return page(place.words() + ".", examples);
  }

  /** At most twelve lines, for someone new without a server. */
  static List<String> unconnected() {
    return page(
        "Not connected to any server.",
        List.of(
            example("open ferry://localhost:9021/", "connect to a server"),
            example(
                "open ferry+unix:/run/ferry.sock::/", "connect through a socket of this machine"),
            example("lpwd", "which local folder this is"),
            example("lls", "what is in it"),
            example("lcd ..", "go to another local folder"),
            example("quit", "leave")));
  }

  /** One line, for someone who knows. */
  static String brief(Place place) {
    String where = place == null ? "Not connected: open URL connects" : place.words();
    return where + ". help lists every command.";
  }

  private static List<String> page(String where, List<String[]> examples) {
    int column = examples.stream().mapToInt(pair -> Width.of(pair[0])).max().orElse(0) + 3;
    List<String> lines = new ArrayList<>();
    lines.add(where);
    lines.add("");
    for (String[] pair : examples) {
      lines.add("  " + Fit.padRight(pair[0], column) + pair[1]);
    }
    lines.add("");
    lines.add(LEARN);
    return lines;
  }

  private static String[] example(String command, String meaning) {
    return new String[] {command, meaning};
  }

  private static String or(String name, String stand) {
    return name == null ? stand : name;
  }
}

package dev.ferry.client.shell;

import dev.ferry.client.cli.Width;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.Endpoint;

/** {@code ferry host:/folder> }. */
final class Prompt {
  private static final String UNCONNECTED = "ferry (not connected)> ";
  private static final String BOLD = "\033[1m";
  private static final String PLAIN = "\033[0m";

  private Prompt() {}

  /**
   * The prompt, without control characters but for the color.
   *
   * @param endpoint null: not connected
   * @param width cells of the terminal, of which at least half is left to type in
   */
  static String of(Endpoint endpoint, TreePath folder, int width, boolean color) {
    if (endpoint == null) {
      return UNCONNECTED;
    }
    String server = Printable.text(server(endpoint)) + ":";
    int room = Math.max(8, width / 2 - Width.of(server) - 8);
    String place = server + Fit.clipStart(Printable.text(folder.toString()), room);
    return "ferry " + (color ? BOLD + place + PLAIN : place) + "> ";
  }

  /** A server in a word: the standard port goes without saying. */
  static String server(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Tcp tcp when tcp.port() == Endpoint.DEFAULT_PORT ->
          tcp.host().indexOf(':') >= 0 ? "[" + tcp.host() + "]" : tcp.host();
      case Endpoint.Tcp tcp -> tcp.toString();
      case Endpoint.Unix unix -> "unix:" + unix.path().getFileName();
    };
  }
}

package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Spelling;
import java.util.Collection;

/** Suggests the command that was probably meant. */
final class Nearest {
  private Nearest() {}

  /** What to say about a command that does not exist. */
  static String unknown(String word, Collection<String> commands) {
    String start = "unknown command '" + Printable.text(word) + "'";
    return Spelling.nearest(word, commands)
        .map(name -> start + "; did you mean '" + name + "'?")
        .orElse(start + "; 'help' lists the commands");
  }
}

package dev.ferry.client.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.function.IntSupplier;

/**
 * Where a command reads and writes, and what is known about it.
 *
 * @param in commands, for batch runs
 * @param out results
 * @param err everything else; never throws
 * @param facts which of them are terminals
 */
public record Stdio(InputStream in, Output out, PrintStream err, Facts facts) {

  /**
   * Which streams are terminals.
   *
   * @param width columns of the terminal, asked when needed
   * @param color whether a terminal may be written to in color (NO_COLOR, TERM=dumb)
   */
  public record Facts(
      boolean inIsTerminal,
      boolean outIsTerminal,
      boolean errIsTerminal,
      IntSupplier width,
      boolean color) {
    /** No terminal at all. */
    public static final Facts NONE = new Facts(false, false, false, () -> 80, false);
  }
}

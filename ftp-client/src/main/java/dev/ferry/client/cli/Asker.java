package dev.ferry.client.cli;

import java.io.IOException;

/** Asks the person at the terminal. Used by the thread of the commands. */
public interface Asker {
  /** Shows the question and returns what was typed, or null if nothing was. */
  String ask(String question) throws IOException;

  /**
   * The same for what must not be seen, nor remembered.
   *
   * @return for the caller to overwrite; null if nothing was typed
   */
  char[] askSecret(String question) throws IOException;
}

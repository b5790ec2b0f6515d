package dev.ferry.client.cli;

import dev.ferry.client.CredentialException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/** Asks on standard error, and reads from standard input, which both are the terminal. */
public final class TerminalAsker implements Asker {
  private final Stdio io;

  public TerminalAsker(Stdio io) {
    this.io = io;
  }

  @Override
  public String ask(String question) throws IOException {
    char[] line = line(question);
    return line == null ? null : new String(line);
  }

  @Override
  public char[] askSecret(String question) throws IOException {
    if (!Echo.off()) {
      throw new CredentialException(
          "what is typed here cannot be hidden, so no password is asked for; pass"
              + " --password-stdin or FERRY_PASSWORD");
    }
    try {
      return line(question);
    } finally {
      Echo.on();
      io.err().println();
    }
  }

  private char[] line(String question) throws IOException {
    io.err().print(question);
    io.err().flush();
    try {
      return InputLine.read(io.in());
    } catch (CharacterCodingException _) {
      throw new UsageException("what was typed is not UTF-8 text");
    }
  }
}

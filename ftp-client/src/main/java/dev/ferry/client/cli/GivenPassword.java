package dev.ferry.client.cli;

import dev.ferry.client.CredentialException;
import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/**
 * The password that was given before anybody is asked: on standard input, which is read once, or in
 * FERRY_PASSWORD. Used by the thread of the commands.
 */
final class GivenPassword {
  private static final String VARIABLE = "FERRY_PASSWORD";
  private static final String OPTION = "--password-stdin";

  private final CommandContext context;
  private boolean inputTaken;
  private Bytes read;

  GivenPassword(CommandContext context) {
    this.context = context;
  }

  /** Standard input has the commands, and so no password. */
  void takeInput() {
    inputTaken = true;
  }

  /** Where there is one; null: nowhere. */
  String where() {
    if (context.options().passwordStdin()) {
      return OPTION;
    }
    return context.environment().getOrDefault(VARIABLE, "").isEmpty() ? null : VARIABLE;
  }

  /**
   * The password.
   *
   * @return null if there is none, or a terminal is to be asked for it
   */
  Bytes get() throws IOException {
    if (!context.options().passwordStdin()) {
      String value = context.environment().getOrDefault(VARIABLE, "");
      return value.isEmpty() ? null : password(VARIABLE, value.toCharArray());
    }
    if (context.io().facts().inIsTerminal()) {
      return null;
    }
    if (inputTaken) {
      throw new UsageException(
          "commands and a password cannot both come from standard input; put the commands into a"
              + " file (-b FILE), or the password into "
              + VARIABLE);
    }
    if (read == null) {
      read = read();
    }
    return read;
  }

  private Bytes read() throws IOException {
    try {
      char[] line = InputLine.read(context.io().in());
      return password(OPTION, line == null ? new char[0] : line);
    } catch (CharacterCodingException _) {
      throw new CredentialException(OPTION + ": what was read is not UTF-8 text");
    }
  }

  private static Bytes password(String where, char[] typed) throws CredentialException {
    try {
      return Scram.password(typed);
    } catch (IllegalArgumentException e) {
      throw new CredentialException(where + ": " + e.getMessage());
    }
  }
}

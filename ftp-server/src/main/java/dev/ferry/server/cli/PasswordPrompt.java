package dev.ferry.server.cli;

import dev.ferry.transfer.login.Scram;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where a new password comes from: a line of standard input, or a person, unseen. */
final class PasswordPrompt {
  private static final int LINE = 4 << 10;

  private PasswordPrompt() {}

  /**
   * What a server keeps of the password. Takes a while.
   *
   * @throws ParameterException if there is none, or it is no good
   */
  static Scram.Verifier read(CommandLine command, boolean fromInput) throws IOException {
    char[] typed = fromInput ? line(System.in) : asked(command);
    try {
      return Scram.Verifier.of(Scram.password(typed));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command, e.getMessage());
    }
  }

  private static char[] asked(CommandLine command) {
    Console console = terminal();
    if (console == null) {
      throw new ParameterException(
          command,
          "without a terminal nobody is asked for a password: say --password-stdin or --key");
    }
    char[] first = console.readPassword("Password: ");
    char[] second = console.readPassword("Again: ");
    try {
      if (first == null || !Arrays.equals(first, second)) {
        throw new ParameterException(command, "that was not the same twice; nothing was changed");
      }
      return first;
    } finally {
      if (second != null) {
        Arrays.fill(second, '\0');
      }
    }
  }

  /** Null: there is none. Where the JVM was told so, System.console() is null after all. */
  @SuppressWarnings("SystemConsoleNull")
  private static Console terminal() {
    Console console = System.console();
    return console != null && console.isTerminal() ? console : null;
  }

  /** The first line, byte by byte, so that what follows is left to others. */
  private static char[] line(InputStream in) throws IOException {
    byte[] bytes = new byte[LINE];
    int length = 0;
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (length == LINE) {
        throw new IOException("the line with the password is too long");
      }
      bytes[length++] = (byte) next;
    }
    int end = length > 0 && bytes[length - 1] == '\r' ? length - 1 : length;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, end))
          .toString()
          .toCharArray();
    } catch (CharacterCodingException e) {
      throw new IOException("the password is not UTF-8", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}

package dev.ferry.client.shell;

import dev.ferry.client.cli.Asker;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/**
 * Asks the person at the shell's terminal. What they answer is no line of the shell: it is not
 * remembered, completed or read as words.
 */
final class ShellAsker implements Asker {
  /** Shows nothing for what is typed, not even how much it is. */
  private static final Character NOTHING = '\0';

  private final Terminal terminal;
  private final LineReader reader;

  ShellAsker(Terminal terminal) {
    this.terminal = terminal;
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("ferry")
            .parser(ShellAsker::whole)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /** Any text is an answer, quotes and backslashes included. */
  private static ParsedLine whole(String line, int cursor, Parser.ParseContext context) {
    return new DefaultParser().quoteChars(null).escapeChars(null).parse(line, cursor, context);
  }

  @Override
  public String ask(String question) {
    return ask(question, null);
  }

  @Override
  public char[] askSecret(String question) {
    String typed = ask(question, NOTHING);
    return typed == null ? null : typed.toCharArray();
  }

  private String ask(String question, Character mask) {
    int lastLine = question.lastIndexOf('\n') + 1;
    terminal.writer().print(question.substring(0, lastLine));
    terminal.flush();
    try {
      return reader.readLine(question.substring(lastLine).replace("%", "%%"), mask);
    } catch (UserInterruptException | EndOfFileException _) {
      return null;
    }
  }
}

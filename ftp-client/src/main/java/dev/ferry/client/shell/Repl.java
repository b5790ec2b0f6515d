package dev.ferry.client.shell;

import dev.ferry.client.Remote;
import dev.ferry.client.cli.CommandContext;
import dev.ferry.client.cli.ExitCode;
import dev.ferry.client.cli.Lines;
import dev.ferry.client.cli.TerminalAsker;
import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.Signals;

/** Reads lines and runs them until the person leaves. */
final class Repl {
  /** Commands after which remote names are still what they were. */
  private static final Set<String> HARMLESS =
      Set.of("ls", "list", "cd", "pwd", "lcd", "lpwd", "lls", "get", "mget", "stat", "sum", "cat");

  /** What a command ends with that Ctrl-C ended: the terminal has shown it. */
  private static final int INTERRUPTED = 130;

  private final CommandContext context;
  private final Lines lines;
  private final LineReader reader;
  private final Terminal terminal;
  private final ShellNames names;

  Repl(CommandContext context, Lines lines, LineReader reader, ShellNames names) {
    this.context = context;
    this.lines = lines;
    this.reader = reader;
    this.names = names;
    terminal = reader.getTerminal();
  }

  /** Never fails: a person who leaves is done. */
  ExitCode run() {
    greet();
    context.askBy(isDumb() ? new TerminalAsker(context.io()) : new ShellAsker(terminal));
    terminal.handle(Terminal.Signal.INT, _ -> context.cancel());
    if (isDumb()) {
      Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
    }
    while (!context.isLeaving()) {
      try {
        execute(reader.readLine(prompt()).strip());
      } catch (UserInterruptException _) {
        endLine();
      } catch (EndOfFileException _) {
        endLine();
        break;
      }
    }
    return ExitCode.OK;
  }

  /** On a dumb terminal nobody else does. */
  private void endLine() {
    if (isDumb()) {
      terminal.writer().println();
      terminal.flush();
    }
  }

  private boolean isDumb() {
    return terminal instanceof DumbTerminal;
  }

  private void greet() {
    for (String line : new Greeter(context, names).lines()) {
      terminal.writer().println(line);
    }
    terminal.flush();
  }

  private String prompt() {
    Remote server = context.current();
    return Prompt.of(
            server == null ? null : server.endpoint(),
            context.folder(),
            terminal.getWidth() > 0 ? terminal.getWidth() : 80,
            context.io().facts().color())
        .replace("%", "%%");
  }

  private void execute(String line) {
    if (line.startsWith("!")) {
      runLocally(line.substring(1));
      return;
    }
    Remote before = context.current();
    boolean connected = before != null && before.isConnected();
    lines.run(line);
    if (!HARMLESS.contains(firstWord(line))) {
      names.forget();
    }
    if (connected && before == context.current() && !before.isConnected()) {
      say("the connection to " + before.endpoint() + " is gone; the next command connects again");
    }
  }

  private static String firstWord(String line) {
    List<String> words = LineParser.typed(line + " ").before();
    return words.isEmpty() ? "" : words.getFirst();
  }

  private void runLocally(String command) {
    Attributes modes = terminal.getAttributes();
    try {
      int code =
          LocalCommand.run(context.environment().get("SHELL"), command, context.localFolder());
      if (code != 0) {
        say(code == INTERRUPTED ? "" : "the local command ended with " + code);
      }
    } catch (IOException e) {
      say("cannot run a local command: " + Printable.text(e.getMessage()));
    } finally {
      terminal.setAttributes(modes);
    }
  }

  private void say(String line) {
    context.io().err().println(line);
  }
}

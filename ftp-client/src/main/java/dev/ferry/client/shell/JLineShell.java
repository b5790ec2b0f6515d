package dev.ferry.client.shell;

import dev.ferry.client.cli.CommandContext;
import dev.ferry.client.cli.ConfigFolder;
import dev.ferry.client.cli.ExitCode;
import dev.ferry.client.cli.Lines;
import dev.ferry.client.cli.ShellLauncher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The interactive shell on JLine: what it needs is put together here, and let go. */
public final class JLineShell implements ShellLauncher {
  private static final int HISTORY_LINES = 2_000;

  /** The third one unpacks a library into the folder for temporary files. */
  private static final String PROVIDERS = "ffm,exec";

  /** How lists of names show what was typed: colors are hard to read on one ground or another. */
  private static final String TYPED = "bold";

  @Override
  public ExitCode run(CommandContext context) {
    try (Terminal terminal =
            TerminalBuilder.builder()
                .name("ferry")
                .system(true)
                .dumb(true)
                .providers(PROVIDERS)
                .encoding(StandardCharsets.UTF_8)
                .build();
        ShellNames names = new ShellNames(context)) {
      Lines lines = new Lines(context);
      LineReader reader = reader(terminal, context, lines, names);
      return new Repl(context, lines, reader, names).run();
    } catch (IOException e) {
      context.messages().note("cannot use the terminal: " + e.getMessage());
      return ExitCode.LOCAL;
    }
  }

  private static LineReader reader(
      Terminal terminal, CommandContext context, Lines lines, ShellNames names) {
    Path history = ConfigFolder.file(context.environment(), "history");
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("ferry")
        .parser(new LineParser())
        .completer(new ShellCompleter(lines.commands().getCommandSpec(), new PathCompleter(names)))
        .completionMatcher(new PrefixMatcher())
        .highlighter(new VisibleHighlighter())
        .history(new QuietHistory())
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
        .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "… ")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.INSERT_TAB, false)
        .variable(LineReader.COMPLETION_STYLE_STARTING, TYPED)
        .variable(LineReader.COMPLETION_STYLE_LIST_STARTING, TYPED)
        // It marks output without a line end by a gray sign.
        .option(LineReader.Option.AUTO_FRESH_LINE, context.io().facts().color())
        .build();
  }
}

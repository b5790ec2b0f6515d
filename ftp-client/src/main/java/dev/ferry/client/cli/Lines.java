package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;

/** Runs lines of the shell's language: what the shell, batch files and standard input share. */
public final class Lines {
  private final CommandContext context;
  private final CommandLine commands;

  /** Runs lines in this context, which was made for a shell. */
  public Lines(CommandContext context) {
    this.context = context;
    commands = Commands.shell(context);
  }

  /** The commands with their options and descriptions, for help and completion. */
  public CommandLine commands() {
    return commands;
  }

  /** Runs one line; an empty one and a comment do nothing. Never throws, but tells what failed. */
  public ExitCode run(String line) {
    context.messages().command("");
    String stripped = line.strip();
    try {
      if (stripped.startsWith("!")) {
        return SystemShell.run(context, stripped.substring(1));
      }
      List<ShellWords.Word> words = ShellWords.split(line);
      if (words.isEmpty()) {
        return ExitCode.OK;
      }
      return run(words.stream().map(ShellWords.Word::text).toArray(String[]::new));
    } catch (IOException | RuntimeException e) {
      return ExitCode.of(Commands.failed(e, context));
    }
  }

  private ExitCode run(String[] words) throws UsageException {
    if (!commands.getSubcommands().containsKey(words[0])) {
      throw new UsageException(Nearest.unknown(words[0], commands.getSubcommands().keySet()));
    }
    return ExitCode.of(commands.execute(words));
  }

  /** Opens a server as the command {@code open} does. */
  public ExitCode open(String url) {
    try {
      context.open(FerryUrl.parse(url));
      return ExitCode.OK;
    } catch (IOException e) {
      return ExitCode.of(Commands.failed(e, context));
    }
  }
}

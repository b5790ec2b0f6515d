package dev.ferry.client.cli;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(name = "help", description = "Tell about all commands, or about one.")
final class ShellHelpCommand extends Command {
  @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command.")
  private String command;

  ShellHelpCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    Map<String, CommandLine> commands = siblings();
    if (command == null) {
      all(commands);
      return ExitCode.OK;
    }
    CommandLine one = commands.get(command);
    if (one == null) {
      throw new UsageException(Nearest.unknown(command, commands.keySet()));
    }
    context.io().out().line(one.getUsageMessage().stripTrailing());
    return ExitCode.OK;
  }

  private void all(Map<String, CommandLine> commands) throws IOException {
    Output out = context.io().out();
    Map<String, String> lines = new TreeMap<>();
    for (CommandLine one : commands.values()) {
      String names = String.join(", ", one.getCommandSpec().names());
      lines.put(names, one.getCommandSpec().usageMessage().description()[0]);
    }
    lines.put("!COMMAND", "Have the system's shell run something.");
    for (Map.Entry<String, String> line : lines.entrySet()) {
      out.line("  %-16s %s".formatted(line.getKey(), line.getValue()));
    }
    out.line("help COMMAND tells about one, with its options.");
  }
}

package dev.ferry.client.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(name = "help", description = "Tell about all commands, or about one.")
final class ShellHelpCommand extends Command {
  /** The last one goes on with what is no command of the tree. */
  static final List<Group> GROUPS =
      List.of(
          new Group("Servers", List.of("open", "close")),
          new Group("Look around there", List.of("ls", "cd", "pwd", "stat", "sum", "cat")),
          new Group("Bring files", List.of("get", "put", "mget", "mput")),
          new Group("Change things there", List.of("mkdir", "mv", "rm")),
          new Group("On this side", List.of("lls", "lcd", "lpwd")),
          new Group("The shell", List.of("help", "quit")));

  /** Commands that are listed together. */
  record Group(String title, List<String> commands) {}

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
    for (Group group : GROUPS) {
      out.line(group.title);
      for (String name : group.commands) {
        CommandSpec command = commands.get(name).getCommandSpec();
        line(String.join(", ", command.names()), command.usageMessage().description()[0]);
      }
    }
    line("!COMMAND", "Have the system's shell run something.");
    out.line("");
    out.line("help COMMAND tells about one, with its options and examples.");
  }

  private void line(String names, String description) throws IOException {
    context.io().out().line("  %-16s %s".formatted(names, description));
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import dev.ferry.protocol.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one command tree, for the command line of the system and for the shell. */
final class Commands {
  /** The commands of the system's command line. */
  static final List<String> NAMES =
      List.of("ls", "get", "put", "cat", "stat", "sum", "rm", "mkdir", "mv", "demo", "help");

  private Commands() {}

  /** {@code ferry} with its commands. */
  static CommandLine oneShot(CommandContext context, FerryCommand root) {
    CommandLine tree = new CommandLine(root);
    addTransfers(tree, context);
    tree.addSubcommand(new DemoCommand(context, root));
    tree.addSubcommand(new HelpCommand());
    return configure(tree, context);
  }

  /** What a line of a batch file or of the shell may begin with. */
  static CommandLine shell(CommandContext context) {
    CommandLine tree = new CommandLine(new ShellCommand());
    addTransfers(tree, context);
    for (Command verb : verbs(context)) {
      tree.addSubcommand(verb);
    }
    return configure(tree, context);
  }

  private static void addTransfers(CommandLine tree, CommandContext context) {
    tree.addSubcommand(new ListCommand(context));
    tree.addSubcommand(new GetCommand(context));
    tree.addSubcommand(new PutCommand(context));
    tree.addSubcommand(new CatCommand(context));
    tree.addSubcommand(new StatCommand(context));
    tree.addSubcommand(new SumCommand(context));
    tree.addSubcommand(new RemoveCommand(context));
    tree.addSubcommand(new MakeFolderCommand(context));
    tree.addSubcommand(new MoveCommand(context));
  }

  /** What makes sense only where a server stays open. */
  private static List<Command> verbs(CommandContext context) {
    return List.of(
        new OpenCommand(context),
        new CloseCommand(context),
        new ChangeFolderCommand(context),
        new WhereCommand(context),
        new LocalChangeCommand(context),
        new LocalWhereCommand(context),
        new LocalListCommand(context),
        new GetManyCommand(context),
        new PutManyCommand(context),
        new ShellHelpCommand(context),
        new QuitCommand(context));
  }

  private static CommandLine configure(CommandLine tree, CommandContext context) {
    Examples.addTo(tree, context.isShell());
    Stdio io = context.io();
    Ansi ansi = io.facts().color() && io.facts().outIsTerminal() ? Ansi.ON : Ansi.OFF;
    return tree.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setOut(new PrintWriter(io.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(io.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((wrong, words) -> wrongUse(wrong, words, context))
        .setExecutionExceptionHandler((why, _, _) -> failed(why, context));
  }

  private static int wrongUse(ParameterException wrong, String[] words, CommandContext context) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    boolean unknown =
        command.parent() == null && !words[0].startsWith("-") && !FerryUrl.isUrl(words[0]);
    context.messages().command(command.parent() == null ? command.name() : name(command, context));
    String why = unknown ? Nearest.unknown(words[0], NAMES) : explained(wrong, command);
    context.messages().failed(Failure.of(new UsageException(why)));
    return ExitCode.USAGE.number();
  }

  private static String name(CommandSpec command, CommandContext context) {
    return context.isShell() ? command.name() : "ferry " + command.name();
  }

  private static String explained(ParameterException wrong, CommandSpec command) {
    String text = Printable.text(wrong.getMessage());
    String why = Character.toLowerCase(text.charAt(0)) + text.substring(1);
    List<String> near =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return near.isEmpty()
        ? why + "; see: " + command.qualifiedName().strip() + " --help"
        : why + "; did you mean " + String.join(" or ", near) + "?";
  }

  /** What a command let through. */
  static int failed(Throwable why, CommandContext context) {
    Failure failure = Failure.of(why);
    if (failure.code() == ExitCode.DEFECT) {
      context.messages().failed(Defect.write(why));
    } else {
      context.messages().failed(failure);
    }
    return failure.code().number();
  }
}

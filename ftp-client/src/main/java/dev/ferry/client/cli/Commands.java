package dev.ferry.client.cli;

import dev.ferry.client.FerryUrl;
import dev.ferry.protocol.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
      List.of(
          "ls",
          "get",
          "put",
          "cat",
          "stat",
          "sum",
          "rm",
          "mkdir",
          "mv",
          "register",
          "keygen",
          "token",
          "demo",
          "help");

  private Commands() {}

  /**
   * {@code ferry} with its commands, or with just the one that the words begin with: to look at the
   * options of all would take longer than most commands run.
   */
  static CommandLine oneShot(CommandContext context, FerryCommand root, String... words) {
    CommandLine tree = new CommandLine(root);
    Map<String, Supplier<?>> makers = transfers(context);
    makers.put("register", () -> new RegisterCommand(context));
    makers.put("keygen", () -> new KeygenCommand(context));
    makers.put("token", () -> TokenCommand.tree(context));
    makers.put("demo", () -> new DemoCommand(context, root));
    Supplier<?> one = words.length == 0 ? null : makers.get(words[0]);
    if (one != null) {
      tree.addSubcommand(one.get());
    } else {
      makers.values().forEach(maker -> tree.addSubcommand(maker.get()));
      tree.addSubcommand(new HelpCommand());
    }
    return configure(tree, context);
  }

  /** What a line of a batch file or of the shell may begin with. */
  static CommandLine shell(CommandContext context) {
    CommandLine tree = new CommandLine(new ShellCommand());
    transfers(context).values().forEach(maker -> tree.addSubcommand(maker.get()));
    verbs(context).forEach(tree::addSubcommand);
    return configure(tree, context);
  }

  private static Map<String, Supplier<?>> transfers(CommandContext context) {
    Map<String, Supplier<?>> makers = new LinkedHashMap<>();
    makers.put("ls", () -> new ListCommand(context));
    makers.put("get", () -> new GetCommand(context));
    makers.put("put", () -> new PutCommand(context));
    makers.put("cat", () -> new CatCommand(context));
    makers.put("stat", () -> new StatCommand(context));
    makers.put("sum", () -> new SumCommand(context));
    makers.put("rm", () -> new RemoveCommand(context));
    makers.put("mkdir", () -> new MakeFolderCommand(context));
    makers.put("mv", () -> new MoveCommand(context));
    return makers;
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
    context.messages().command(command.qualifiedName().strip());
    String word = words[0].equals("help") ? wrong.getValue() : words[0];
    String why = unknown ? Nearest.unknown(word, NAMES) : explained(wrong, command);
    context.messages().failed(Failure.of(new UsageException(why)));
    return ExitCode.USAGE.number();
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

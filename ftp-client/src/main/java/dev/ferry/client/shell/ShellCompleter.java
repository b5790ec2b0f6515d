package dev.ferry.client.shell;

import dev.ferry.protocol.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Offers what can follow in a line: commands, their options and the values of these, and names of
 * files and folders on the side that the command means.
 */
final class ShellCompleter implements Completer {
  private static final Set<String> LOCAL = Set.of("put", "mput", "lls", "lcd");
  private static final Set<String> FOLDERS_ONLY = Set.of("cd", "lcd", "mkdir");

  /** Whose last argument lies on the other side. */
  private static final Set<String> TWO_SIDED = Set.of("get", "put", "mirror");

  private static final Set<String> NO_NAMES = Set.of("open");

  private final CommandSpec commands;
  private final PathCompleter paths;

  ShellCompleter(CommandSpec commands, PathCompleter paths) {
    this.commands = commands;
    this.paths = paths;
  }

  @Override
  public void complete(LineReader reader, ParsedLine parsed, List<Candidate> candidates) {
    if (parsed instanceof TypedLine line && !line.isPattern() && !line.comment()) {
      candidates.addAll(offers(line));
    }
  }

  private List<Candidate> offers(TypedLine line) {
    if (line.before().isEmpty()) {
      return commandNames();
    }
    String name = line.before().getFirst();
    if (name.equals("help")) {
      return commandNames();
    }
    return Optional.ofNullable(commands.subcommands().get(name))
        .map(found -> arguments(line, found.getCommandSpec()))
        .orElse(List.of());
  }

  private List<Candidate> commandNames() {
    return commands.subcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(entry -> whole(entry.getKey()))
        .toList();
  }

  private List<Candidate> arguments(TypedLine line, CommandSpec command) {
    String word = line.word();
    boolean optionsOver = line.before().contains("--");
    if (!optionsOver) {
      OptionSpec open = command.findOption(line.before().getLast());
      if (open != null && open.arity().min() > 0) {
        return values(open).map(ShellCompleter::whole).toList();
      }
      int equals = word.indexOf('=');
      if (word.startsWith("--") && equals > 0) {
        return valuesBehind(word.substring(0, equals + 1), command);
      }
      if (word.startsWith("-")) {
        return options(command);
      }
    }
    return names(line, command);
  }

  private static List<Candidate> valuesBehind(String start, CommandSpec command) {
    OptionSpec option = command.findOption(start.substring(0, start.length() - 1));
    return option == null
        ? List.of()
        : values(option).map(value -> candidate(start + value, value, true)).toList();
  }

  private static Stream<String> values(OptionSpec option) {
    Iterable<String> values = option.completionCandidates();
    Stream.Builder<String> all = Stream.builder();
    if (values != null) {
      values.forEach(all);
    }
    return all.build().map(value -> value.toLowerCase(Locale.ROOT));
  }

  private static List<Candidate> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(option -> whole(option.longestName()))
        .toList();
  }

  private List<Candidate> names(TypedLine line, CommandSpec command) {
    String name = command.name();
    if (command.positionalParameters().isEmpty() || NO_NAMES.contains(name)) {
      return List.of();
    }
    boolean local = LOCAL.contains(name);
    boolean first = line.before().stream().skip(1).allMatch(word -> word.startsWith("-"));
    boolean folders = FOLDERS_ONLY.contains(name);
    Stream<Candidate> offers = paths.complete(line.word(), local, folders);
    return TWO_SIDED.contains(name) && !first
        ? Stream.concat(offers, paths.complete(line.word(), !local, folders)).toList()
        : offers.toList();
  }

  private static Candidate whole(String word) {
    return candidate(word, word, true);
  }

  /**
   * @param value what the word becomes
   * @param shown what a list shows
   * @param complete whether the word ends with it
   */
  static Candidate candidate(String value, String shown, boolean complete) {
    return new Candidate(value, Printable.text(shown), null, null, null, null, complete);
  }
}

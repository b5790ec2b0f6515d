package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said about words that are no command: one line, with what was probably meant. */
final class Usage {
  private static final String OF_GROUPS = "Error: ";

  private Usage() {}

  static String text(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    boolean incomplete = wrong instanceof MissingParameterException;
    List<String> unknown =
        incomplete || wrong instanceof UnmatchedArgumentException
            ? command.getUnmatchedArguments()
            : List.of();
    if (!unknown.isEmpty()) {
      return unknown(command, unknown.getFirst());
    }
    String said = Printable.text(String.valueOf(wrong.getMessage()));
    String why = said.startsWith(OF_GROUPS) ? said.substring(OF_GROUPS.length()) : said;
    return Character.toLowerCase(why.charAt(0))
        + why.substring(1)
        + (incomplete ? see(command) : "");
  }

  private static String unknown(CommandLine command, String word) {
    boolean option = word.startsWith("-");
    Collection<String> known =
        option ? command.getCommandSpec().optionsMap().keySet() : command.getSubcommands().keySet();
    String name = option ? word.replaceFirst("=.*", "") : word;
    String start =
        (option
                ? "unknown option '%s'"
                : known.isEmpty() ? "unexpected '%s'" : "unknown command '%s'")
            .formatted(Printable.text(name));
    return nearest(name, known)
        .map(near -> start + "; did you mean '" + near + "'?")
        .orElse(start + see(command));
  }

  private static String see(CommandLine command) {
    return "; see: " + command.getCommandSpec().qualifiedName() + " --help";
  }

  /** The name with the fewest different letters, if they are few. */
  private static Optional<String> nearest(String word, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(word, name) <= Math.max(1, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(word, name)));
  }

  /** How many letters have to be put in, left out or exchanged. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      int diagonal = i;
      for (int j = 0; j <= other.length(); j++) {
        int above = row[j];
        if (i == 0 || j == 0) {
          row[j] = i + j;
        } else {
          int differs = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
          row[j] = Math.min(diagonal + differs, Math.min(above, row[j - 1]) + 1);
        }
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}

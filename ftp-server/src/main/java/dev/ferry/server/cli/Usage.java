package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Spelling;
import java.util.Collection;
import java.util.List;
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
    return Spelling.nearest(name, known)
        .map(near -> start + "; did you mean '" + near + "'?")
        .orElse(start + see(command));
  }

  private static String see(CommandLine command) {
    return "; see: " + command.getCommandSpec().qualifiedName() + " --help";
  }
}

package dev.ferry.client.cli;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Lines to try, which stand below the help of each command. */
final class Examples {
  private static final String SERVER = "ferry://localhost/";

  private static final Map<String, List<Example>> SHELL =
      Map.ofEntries(
          entry("open", List.of(example("open " + SERVER + "tides", "and enter a folder there"))),
          entry("close", List.of(example("close", "the shell stays open"))),
          entry(
              "ls",
              List.of(
                  example("ls -l", "with kinds, sizes and times"),
                  example("ls -a tides", "names with a dot too"),
                  example("ls *.csv", "what a pattern matches"))),
          entry(
              "cd",
              List.of(
                  example("cd tides/2026", "two folders down"),
                  example("cd ..", "one up"),
                  example("cd 'drawer 1'", "a name with a blank"))),
          entry("pwd", List.of(example("pwd", ""))),
          entry("stat", List.of(example("stat README.md tides", ""))),
          entry("sum", List.of(example("sum README.md", "compare it with sha256sum here"))),
          entry("cat", List.of(example("cat README.md", ""))),
          entry(
              "get",
              List.of(
                  example("get README.md", "into the current local folder"),
                  example("get README.md read.me", "under another name"),
                  example("get -r tides backup/", "a folder, as backup/tides"),
                  example("get --overwrite newer *.csv .", "only what is newer there"))),
          entry(
              "put",
              List.of(
                  example("put notes.txt", "into the current remote folder"),
                  example("put notes.txt old/", "into the folder old"),
                  example("put -r pictures archive/", "a folder, as archive/pictures"))),
          entry("mget", List.of(example("mget *.csv README.md", "as many as there are"))),
          entry("mput", List.of(example("mput *.jpg", "as many as there are"))),
          entry(
              "mkdir",
              List.of(
                  example("mkdir new", ""),
                  example("mkdir -p new/and/deep", "with what is missing above"))),
          entry(
              "mv",
              List.of(
                  example("mv notes.txt ideas.txt", "a new name"),
                  example("mv ideas.txt old/", "into the folder old"))),
          entry(
              "rm",
              List.of(
                  example("rm notes.txt", ""),
                  example("rm -r old", "a folder with all that is in it"))),
          entry("lcd", List.of(example("lcd ..", "one up"), example("lcd", "the home folder"))),
          entry("lpwd", List.of(example("lpwd", ""))),
          entry("lls", List.of(example("lls -l", "with kinds, sizes and times"))),
          entry("help", List.of(example("help get", "all about one command"))),
          entry("quit", List.of(example("quit", "Ctrl-D does the same"))));

  private static final Map<String, List<Example>> ONE_SHOT =
      Map.ofEntries(
          entry("ls", List.of(example("ferry ls -l " + SERVER, "with kinds, sizes and times"))),
          entry("stat", List.of(example("ferry stat " + SERVER + "README.md", ""))),
          entry("sum", List.of(example("ferry sum " + SERVER + "README.md", ""))),
          entry("cat", List.of(example("ferry cat " + SERVER + "README.md", ""))),
          entry(
              "get",
              List.of(
                  example("ferry get " + SERVER + "README.md", "into the current folder"),
                  example("ferry get -r " + SERVER + "tides backup/", "as backup/tides"))),
          entry(
              "put",
              List.of(
                  example("ferry put notes.txt " + SERVER, "into the root"),
                  example("ferry put -r pictures " + SERVER + "archive/", "as archive/pictures"))),
          entry("mkdir", List.of(example("ferry mkdir -p " + SERVER + "new/and/deep", ""))),
          entry(
              "mv",
              List.of(example("ferry mv " + SERVER + "notes.txt " + SERVER + "ideas.txt", ""))),
          entry("rm", List.of(example("ferry rm -r " + SERVER + "old", "with all that is in it"))),
          entry(
              "register",
              List.of(example("ferry register ferry://alice@localhost/", "it asks the rest"))),
          entry("keygen", List.of(example("ferry keygen", "once for each machine you work on"))),
          entry(
              "token",
              List.of(
                  example("ferry token show", "what the token in FERRY_TOKEN allows"),
                  example("ferry token narrow --role reader --expires 12h", "one to give away"))));

  private Examples() {}

  /**
   * A line to try.
   *
   * @param meaning empty if it goes without saying
   */
  record Example(String line, String meaning) {}

  /** All of the shell, or of the system's command line, by command. */
  static Map<String, List<Example>> all(boolean shell) {
    return shell ? SHELL : ONE_SHOT;
  }

  /** Adds them to the help of each command of a tree, which need not have all. */
  static void addTo(CommandLine tree, boolean shell) {
    Map<String, List<Example>> all = all(shell);
    tree.getSubcommands()
        .forEach((name, command) -> add(command, all.getOrDefault(name, List.of())));
  }

  private static void add(CommandLine command, List<Example> examples) {
    if (examples.isEmpty()) {
      return;
    }
    int column = examples.stream().mapToInt(example -> example.line.length()).max().orElse(0) + 3;
    command
        .getCommandSpec()
        .usageMessage()
        .footerHeading("%nExamples:%n")
        .footer(
            examples.stream()
                .map(example -> ("  %-" + column + "s%s").formatted(example.line, example.meaning))
                .map(String::stripTrailing)
                .toArray(String[]::new));
  }

  private static Example example(String line, String meaning) {
    return new Example(line, meaning);
  }
}

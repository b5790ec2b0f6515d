package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.TreePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class ShellCompleterTest {
  private final ShellCompleter completer =
      new ShellCompleter(commands(), new PathCompleter(new Somewhere()));

  @Test
  void offersCommandsAtTheBeginningAndBehindHelp() {
    assertThat(offers("")).contains("get", "put", "cd", "lcd", "help").doesNotContain("secret");
    assertThat(offers("help g")).contains("get");
  }

  @Test
  void offersOptionsWhereOneBegins() {
    assertThat(offers("get --")).containsExactly("--recursive", "--overwrite");
    assertThat(offers("get -- --")).doesNotContain("--recursive");
  }

  @Test
  void offersTheValuesOfAnOption() {
    assertThat(offers("get --overwrite ")).containsExactly("never", "always");
    assertThat(offers("get --overwrite="))
        .containsExactly("--overwrite=never", "--overwrite=always");
    assertThat(offers("get --recursive ")).contains("README.md");
  }

  @Test
  void offersRemoteNamesAndLocalOnesWhereEachIsMeant() {
    assertThat(offers("get ")).contains("README.md").doesNotContain("notes.txt");
    assertThat(offers("get -r README.md ")).contains("README.md", "notes.txt");
    assertThat(offers("put ")).contains("notes.txt").doesNotContain("README.md");
    assertThat(offers("put notes.txt ")).contains("notes.txt", "README.md");
    assertThat(offers("lcd ")).containsExactly("pictures/");
    assertThat(offers("cd ")).containsExactly("上海/", "drawer 1/");
  }

  @Test
  void goesDownAndUpFromTheCurrentFolder() {
    assertThat(offers("get 上海/")).containsExactly("上海/洋山港.txt");
    assertThat(offers("get /上海/")).containsExactly("/上海/洋山港.txt");
    assertThat(offers("get 上海/../上海/")).containsExactly("上海/../上海/洋山港.txt");
    assertThat(offers("get 'a[1]/")).containsExactly("a[1]/b*.txt");
    assertThat(offers("put pictures/")).containsExactly("pictures/dusk.png");
  }

  @Test
  void endsFoldersInASlashAndGoesOnBehindIt() {
    List<Candidate> candidates = candidates("get ");
    assertThat(candidates)
        .filteredOn(c -> c.value().equals("上海/"))
        .singleElement()
        .returns(false, Candidate::complete);
    assertThat(candidates)
        .filteredOn(c -> c.value().equals("README.md"))
        .singleElement()
        .returns(true, Candidate::complete);
  }

  @Test
  void offersHiddenNamesToSomebodyWhoTypedADot() {
    assertThat(offers("get ")).doesNotContain(".log");
    assertThat(offers("get .")).contains(".log");
  }

  @Test
  void takesNoNameForAnOption() {
    assertThat(offers("get ")).contains("./-rf").doesNotContain("-rf");
  }

  @Test
  void showsNoForeignControlCharacter() {
    assertThat(candidates("get "))
        .filteredOn(candidate -> candidate.value().startsWith("evil"))
        .singleElement()
        .returns("evil\\e[31m", Candidate::displ);
  }

  @Test
  void offersNothingWhereNothingFits() {
    assertThat(offers("frobnicate ")).isEmpty();
    assertThat(offers("pwd ")).isEmpty();
    assertThat(offers("!ls ")).isEmpty();
    assertThat(offers("get *")).isEmpty();
    assertThat(offers("get # ")).isEmpty();
    assertThat(offers("get ferry://host/")).isEmpty();
    assertThat(offers("get missing/")).isEmpty();
  }

  private List<String> offers(String line) {
    return candidates(line).stream().map(Candidate::value).toList();
  }

  private List<Candidate> candidates(String line) {
    List<Candidate> candidates = new ArrayList<>();
    completer.complete(null, LineParser.typed(line), candidates);
    return candidates;
  }

  private static CommandSpec commands() {
    CommandSpec root = CommandSpec.create();
    for (String name : List.of("get", "put", "cd", "lcd")) {
      root.addSubcommand(name, new CommandLine(command(name)));
    }
    root.addSubcommand("pwd", new CommandLine(CommandSpec.create().name("pwd")));
    root.addSubcommand("help", new CommandLine(CommandSpec.create().name("help")));
    CommandSpec hidden = CommandSpec.create().name("secret");
    hidden.usageMessage().hidden(true);
    root.addSubcommand("secret", new CommandLine(hidden));
    return root;
  }

  private static CommandSpec command(String name) {
    return CommandSpec.create()
        .name(name)
        .addOption(OptionSpec.builder("-r", "--recursive").build())
        .addOption(
            OptionSpec.builder("--overwrite")
                .arity("1")
                .completionCandidates(List.of("never", "always"))
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
  }

  private static final class Somewhere implements PathCompleter.Places {
    private static final Map<String, List<Named>> REMOTE =
        Map.of(
            "",
            List.of(
                new Named("README.md", false),
                new Named("上海", true),
                new Named("drawer 1", true),
                new Named(".log", false),
                new Named("-rf", false),
                new Named("evil\u001b[31m", false)),
            "上海",
            List.of(new Named("洋山港.txt", false)),
            "a[1]",
            List.of(new Named("b*.txt", false)),
            "ferry:/host",
            List.of(new Named("local.txt", false)));

    @Override
    public TreePath remoteFolder() {
      return TreePath.ROOT;
    }

    @Override
    public Path localFolder() {
      return Path.of("/home/ann");
    }

    @Override
    public List<Named> remote(TreePath folder) {
      return REMOTE.getOrDefault(String.join("/", folder.components()), List.of());
    }

    @Override
    public List<Named> local(Path folder) {
      return folder.endsWith("pictures")
          ? List.of(new Named("dusk.png", false))
          : List.of(new Named("notes.txt", false), new Named("pictures", true));
    }
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.ferry.client.cli.CommandContext.Surroundings;
import dev.ferry.client.cli.Examples.Example;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExamplesTest {
  private final Surroundings surroundings =
      new Surroundings(
          new Stdio(
              InputStream.nullInputStream(),
              new Output(OutputStream.nullOutputStream(), () -> false),
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
              Stdio.Facts.NONE),
          Map.of(),
          Path.of("").toAbsolutePath());

  private final CommandLine shell =
      new Lines(CommandContext.shell(surroundings, new CommonOptions())).commands();

  @Test
  void eachCommandOfTheShellHasSomeThatItUnderstands() throws UsageException {
    Set<String> commands = new TreeSet<>();
    shell.getSubcommands().values().forEach(c -> commands.add(c.getCommandName()));
    assertThat(Examples.all(true).keySet()).containsExactlyInAnyOrderElementsOf(commands);
    for (List<Example> examples : Examples.all(true).values()) {
      for (Example example : examples) {
        String[] words =
            ShellWords.split(example.line()).stream()
                .map(ShellWords.Word::text)
                .toArray(String[]::new);
        assertThatNoException().as(example.line()).isThrownBy(() -> shell.parseArgs(words));
      }
    }
  }

  @Test
  void eachStandsInTheHelpOfItsCommandOnALineOfItsOwn() {
    Examples.all(true)
        .forEach(
            (name, examples) -> {
              String help = shell.getSubcommands().get(name).getUsageMessage();
              assertThat(help).contains("Examples:");
              assertThat(examples)
                  .allSatisfy(
                      example ->
                          assertThat(help.lines())
                              .anyMatch(
                                  line ->
                                      line.startsWith("  " + example.line())
                                          && line.endsWith(example.meaning())));
            });
  }

  @Test
  void eachCommandStandsInOneGroupOfTheHelp() {
    Set<String> commands = new TreeSet<>();
    shell.getSubcommands().values().forEach(c -> commands.add(c.getCommandName()));
    assertThat(ShellHelpCommand.GROUPS)
        .flatExtracting(ShellHelpCommand.Group::commands)
        .containsExactlyInAnyOrderElementsOf(commands);
  }
}

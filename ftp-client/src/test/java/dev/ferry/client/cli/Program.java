package dev.ferry.client.cli;

import dev.ferry.client.cli.CommandContext.Surroundings;
import dev.ferry.client.cli.Stdio.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code ferry} within the test, as a person or a script would start it. */
final class Program {
  private final Path folder;
  private String input = "";
  private Facts facts = Facts.NONE;

  /** How it ended. */
  record Result(ExitCode code, String out, String err) {
    /** What was said on standard error, without the line's end: there is one line at most. */
    String message() {
      if (err.lines().count() > 1) {
        throw new AssertionError("more than one line: " + err);
      }
      return err.strip();
    }

    List<String> lines() {
      return out.lines().toList();
    }
  }

  private Program(Path folder) {
    this.folder = folder;
  }

  /** A program whose current folder this is. */
  static Program in(Path folder) {
    return new Program(folder);
  }

  Program input(String text) {
    input = text;
    return this;
  }

  /** At a terminal, where it may ask. */
  Program talking() {
    facts = new Facts(true, true, true, () -> 80, false);
    return this;
  }

  Program terminal(int width) {
    facts = new Facts(false, true, false, () -> width, false);
    return this;
  }

  /**
   * Runs a command without encryption.
   *
   * @param command its name, and options
   */
  Result plain(List<String> command, String... words) {
    List<String> all = new ArrayList<>(command);
    all.add(1, "--plaintext");
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  /** Runs until it ends; every server is one without encryption. */
  Result run(String... arguments) {
    return run(Map.of(), arguments);
  }

  Result run(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio io =
        new Stdio(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new Output(out, () -> true),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            facts);
    ExitCode code = Ferry.run(new Surroundings(io, environment, folder), arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

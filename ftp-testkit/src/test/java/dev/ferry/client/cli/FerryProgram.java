package dev.ferry.client.cli;

import dev.ferry.client.cli.CommandContext.Surroundings;
import dev.ferry.client.cli.Stdio.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs {@code ferry} within a test, as a script would start it. */
public final class FerryProgram {
  private FerryProgram() {}

  /** How it ended. */
  public record Outcome(int code, String out, String err) {}

  /**
   * Runs until it ends.
   *
   * @param folder the current one
   * @param input what standard input has
   */
  public static Outcome run(
      Path folder, Map<String, String> environment, String input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Stdio io =
        new Stdio(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new Output(out, () -> true),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Facts.NONE);
    ExitCode code = Ferry.run(new Surroundings(io, environment, folder), arguments);
    return new Outcome(
        code.number(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

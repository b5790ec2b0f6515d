package dev.ferry.client.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts programs of their own. */
final class Processes {
  private static final int LIMIT_SECONDS = 60;

  private Processes() {}

  /** {@code ferry} with the classes of this build. */
  static Process ferry(Path folder, String... arguments) throws IOException {
    return new ProcessBuilder(command(arguments)).directory(folder.toFile()).start();
  }

  /** The words that start {@code ferry} with the classes of this build. */
  static List<String> command(String... arguments) {
    return java(Ferry.class.getName(), arguments);
  }

  /** The words that start a main class of this build. */
  static List<String> java(String main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    words.add(System.getProperty("java.class.path"));
    words.add(main);
    words.addAll(List.of(arguments));
    return words;
  }

  /** Words before a command for which the superuser may not read and write everything. */
  static List<String> withoutOverride() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing");
    return List.of(
        "/usr/bin/setpriv",
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search");
  }

  /** Waits for the end. */
  static int exit(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + LIMIT_SECONDS + " s");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Runs a tool of the system; its output is of no interest. */
  static int run(Path folder, String... words) throws IOException {
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return exit(process);
  }
}

package dev.ferry.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.protocol.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The real {@code ferry} at a terminal, every byte of whose output is kept as it came: {@code
 * script} of util-linux holds the other end.
 */
final class PseudoTerminal implements AutoCloseable {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private PseudoTerminal(Process process) {
    this.process = process;
    Thread.ofPlatform().daemon().start(this::read);
  }

  /**
   * Starts {@code ferry} there, and skips the running test where that cannot be.
   *
   * @param folder its current one
   * @param config where it keeps what it knows
   */
  static PseudoTerminal ferry(Path folder, Path config, String... arguments) throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "script (util-linux) is not installed");
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + "/bin/java");
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add("dev.ferry.client.cli.Ferry");
    words.addAll(List.of(arguments));
    String line = String.join(" ", words.stream().map(PseudoTerminal::quoted).toList());
    ProcessBuilder builder =
        new ProcessBuilder(
                SCRIPT.toString(), "-qefc", "stty cols 100 rows 40; " + line, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("FERRY_CONFIG_DIR", config.toString());
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("SHELL", "/bin/sh");
    return new PseudoTerminal(builder.start());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private void read() {
    byte[] bytes = new byte[8192];
    try (InputStream in = process.getInputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        synchronized (output) {
          output.write(bytes, 0, count);
        }
      }
    } catch (IOException _) {
      // It has ended.
    }
  }

  /** All that was written so far. */
  String output() {
    synchronized (output) {
      return output.toString(StandardCharsets.UTF_8);
    }
  }

  PseudoTerminal press(String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return this;
  }

  /** Waits until what was written is as expected. */
  PseudoTerminal await(Predicate<String> expected) {
    try {
      Awaitility.await().atMost(PATIENCE).until(() -> expected.test(output()));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not so in the end: " + end(), e);
    }
    return this;
  }

  /** The last of what was written, for people. */
  String end() {
    String all = output();
    return Printable.text(all.substring(Math.max(0, all.length() - 2000)));
  }

  /** Waits for the end, and returns the exit code. */
  int exit() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + end());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}

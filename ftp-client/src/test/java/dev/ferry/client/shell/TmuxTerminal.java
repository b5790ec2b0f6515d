package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A terminal with somebody at it: the real {@code ferry} runs in a window of tmux, keys are
 * pressed, and the screen is read as a person would read it. Closing it ends everything that runs
 * in it.
 */
final class TmuxTerminal implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int COLUMNS = 100;
  private static final int ROWS = 40;

  private static final AtomicInteger OPENED = new AtomicInteger();

  private final Path folder;
  private final Path socket;
  private final Path record;

  private TmuxTerminal(Path folder) {
    this.folder = folder;
    int number = OPENED.incrementAndGet();
    socket = folder.resolve(".tmux" + number);
    record = folder.resolve(".record" + number);
  }

  /** Skips the running test where there is no tmux. */
  static void assumeTmux() {
    assumeTrue(hasTmux(), "tmux is not installed, so there is no terminal to test on");
  }

  /**
   * Opens a terminal in which {@code ferry} runs.
   *
   * @param folder exists; the current folder of the program, and holds what the terminal needs
   * @param environment more variables, as NAME=value
   */
  static TmuxTerminal ferry(Path folder, List<String> environment, String... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("env", "FERRY_CONFIG_DIR=" + folder + "/.config"));
    words.addAll(environment);
    words.add(System.getProperty("java.home") + "/bin/java");
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add("dev.ferry.client.cli.Ferry");
    words.addAll(List.of(arguments));
    String command = String.join(" ", words.stream().map(TmuxTerminal::quoted).toList());
    TmuxTerminal terminal = new TmuxTerminal(folder);
    // The program waits for a key, so that nothing it prints is missed in the record.
    terminal.tmux(
        "new-session",
        "-d",
        "-x",
        "" + COLUMNS,
        "-y",
        "" + ROWS,
        "-c",
        folder.toString(),
        "read key; " + command + "; echo \"left with $?\"; read key");
    terminal.tmux("pipe-pane", "cat > " + quoted(terminal.record.toString()));
    terminal.press("Enter");
    return terminal;
  }

  /** Types text as it is, and waits for its echo: what was there before is not mistaken for it. */
  TmuxTerminal type(String text) throws IOException {
    String before = screen();
    tmux("send-keys", "-l", "--", text);
    return awaitScreen(screen -> assertThat(screen).isNotEqualTo(before));
  }

  /** Presses keys by their tmux names: {@code Enter}, {@code Tab}, {@code C-c}. */
  TmuxTerminal press(String... keys) throws IOException {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(words.toArray(String[]::new));
    return this;
  }

  /** What the screen shows now, without blanks at the ends of lines. */
  String screen() throws IOException {
    return tmux("capture-pane", "-p").stripTrailing();
  }

  /** Waits until the screen shows this. */
  TmuxTerminal awaitText(String text) {
    return awaitScreen(screen -> assertThat(screen).contains(text));
  }

  /** Waits until the last line that is not empty is this. */
  TmuxTerminal awaitLine(String text) {
    return awaitScreen(
        screen -> assertThat(screen.substring(screen.lastIndexOf('\n') + 1)).isEqualTo(text));
  }

  /** Waits until the screen is as it should be. */
  TmuxTerminal awaitScreen(Consumer<String> demand) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> demand.accept(screen()));
    return this;
  }

  /** Everything that was written to the terminal, byte for byte. */
  String record() throws IOException {
    return Files.readString(record, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }

  private String tmux(String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S", socket.toString()));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static boolean hasTmux() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}

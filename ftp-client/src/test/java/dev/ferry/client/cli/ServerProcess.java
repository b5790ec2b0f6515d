package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.server.cli.Ferryd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ferryd} as a process of its own, which can be killed and stopped. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one that everybody may write to, and waits until it is ready.
   *
   * @param before words before its command, as for other limits
   * @param log where its standard error is added; its state folder lies beside it
   */
  static ServerProcess start(Path root, Path log, List<String> before, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(before);
    words.addAll(
        Processes.java(
            Ferryd.class.getName(),
            "serve",
            "--listen=127.0.0.1:0",
            "--anonymous=write",
            "--plaintext",
            "--drain=0",
            "--state=" + log + ".state",
            "--root=" + root));
    words.addAll(List.of(more));
    Process process =
        new ProcessBuilder(words)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader out = process.inputReader();
    String ready = out.readLine();
    assertThat(ready).as(Files.readString(log)).startsWith("ferryd ready on 127.0.0.1:");
    return new ServerProcess(
        process, Integer.parseInt(ready.replaceFirst(".*?:([0-9]+) .*", "$1")));
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  String url(String path) {
    return "ferry://127.0.0.1:" + port + path;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL, which it cannot hear. */
  void kill() {
    process.destroyForcibly();
    Processes.exit(process);
  }

  /** SIGTERM; returns the exit code. */
  int terminate() {
    process.destroy();
    return Processes.exit(process);
  }

  @Override
  public void close() {
    kill();
  }
}

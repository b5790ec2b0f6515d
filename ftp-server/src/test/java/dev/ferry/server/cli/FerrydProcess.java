package dev.ferry.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.transfer.link.Endpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real {@code ferryd} in a process of its own. */
final class FerrydProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private FerrydProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    out = process.inputReader(UTF_8);
  }

  /**
   * Starts it.
   *
   * @param err where its standard error goes
   */
  static FerrydProcess start(Path err, List<String> args) throws IOException {
    return start(err, ":", args);
  }

  /**
   * Starts it behind a command of the shell.
   *
   * @param before sets what the process is to live with, as {@code ulimit -n 256}
   */
  static FerrydProcess start(Path err, String before, List<String> args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                before + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Ferryd.class.getName()));
    command.addAll(args);
    return new FerrydProcess(new ProcessBuilder(command).redirectError(err.toFile()).start(), err);
  }

  /**
   * Has it serve a root on a free port of loopback.
   *
   * @param before as for {@link #start(Path, String, List)}; {@code :} for nothing
   * @param more options
   */
  static FerrydProcess serve(Path err, String before, Path root, Path state, String... more)
      throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("serve", "--root=" + root, "--listen=127.0.0.1:0", "--state=" + state));
    args.addAll(List.of(more));
    return start(err, before, args);
  }

  /** Waits for the next line of its standard output; null at the end. */
  String line() throws IOException {
    return out.readLine();
  }

  /** Waits for the ready line and says where to connect. */
  Endpoint awaitReady() throws IOException {
    String ready = line();
    assertThat(ready)
        .as(Files.readString(err))
        .matches("ferryd ready on 127.0.0.1:[0-9]+ (plaintext|fingerprint .*)");
    return new Endpoint.Tcp(
        "127.0.0.1", Integer.parseInt(ready.replaceFirst("[^:]*:([0-9]+) .*", "$1")));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How many descriptors it has open. */
  int descriptors() throws IOException {
    return count("fd");
  }

  int threads() throws IOException {
    return count("task");
  }

  private int count(String what) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/%d/%s".formatted(process.pid(), what)))) {
      return (int) all.count();
    }
  }

  /** The most memory it ever had, in KiB. */
  long peakKib() throws IOException {
    String status = Files.readString(Path.of("/proc/%d/status".formatted(process.pid())));
    return Long.parseLong(status.replaceFirst("(?s).*VmHWM:\\s+([0-9]+) kB.*", "$1"));
  }

  /** SIGTERM. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  List<String> errors() throws IOException {
    return Files.readAllLines(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

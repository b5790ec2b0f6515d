package dev.ferry.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that works on a state folder, and may be killed. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private OtherProcess(Process process) {
    this.process = process;
    out = process.inputReader(UTF_8);
  }

  private static OtherProcess start(String... args) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName());
    builder.command().addAll(List.of(args));
    return new OtherProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Says {@code serving} when it is the server of the folder, and stays it until it is closed. */
  static OtherProcess serving(Path state) throws IOException {
    return start("serve", state.toString());
  }

  /** Adds accounts, numbered behind the prefix, and says each name when that is done. */
  static OtherProcess adding(Path state, String prefix, int count) throws IOException {
    return start("add", state.toString(), prefix, Integer.toString(count));
  }

  /** The next line of its output; null at the end. */
  String line() throws IOException {
    return out.readLine();
  }

  /** All lines until its end. */
  List<String> rest() {
    return out.lines().toList();
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** What the process does. */
  public static void main(String[] args) throws Exception {
    StateFolder state = StateFolder.open(Path.of(args[1]));
    if (args[0].equals("serve")) {
      try (AutoCloseable _ = state.serve()) {
        System.out.println("serving");
        System.in.read();
      } catch (StateException e) {
        System.out.println("refused: " + e.getMessage());
      }
      return;
    }
    AccountFile accounts = AccountFile.open(state);
    int count = Integer.parseInt(args[3]);
    for (int i = 0; i < count; i++) {
      accounts.add(Samples.account(args[2] + i));
      System.out.println(args[2] + i);
    }
  }
}

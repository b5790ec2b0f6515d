package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of OpenSSH, to compare with. */
public final class OpenSsh {
  private OpenSsh() {}

  /** Skips the running test where they are missing. */
  public static void assume() {
    try {
      // Without arguments that make sense it only says so.
      Process process = new ProcessBuilder("ssh-keygen", "-?").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      process.waitFor();
    } catch (IOException _) {
      assumeTrue(false, "openssh-client (ssh-keygen, ssh-agent, ssh-add) is not installed");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes a key pair in {@code file} and {@code file.pub}; an empty phrase protects nothing. */
  public static void makeKey(Path file, String kind, String phrase) throws IOException {
    run(
        List.of(),
        "ssh-keygen",
        "-q",
        "-t",
        kind,
        "-N",
        phrase,
        "-C",
        "a comment",
        "-f",
        "" + file);
  }

  /**
   * Runs one; it has to succeed.
   *
   * @param environment more variables, as NAME=value
   * @return what it printed, on both streams
   */
  public static String run(List<String> environment, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(environment);
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      assertThat(process.waitFor()).as(printed).isZero();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return printed;
  }
}

package dev.ferry.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of the README as a stranger would, but for the port, the temporary folder, and
 * the two commands at its top, which need a clone of their own.
 */
class ReadmeTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir Path temp;
  private Process server;
  private String port;

  @AfterEach
  void stopServer() throws InterruptedException {
    if (server != null) {
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void itsCommandsWork() throws Exception {
    program("ferry", "dev.ferry.client.cli.Ferry");
    program("ferryd", "dev.ferry.server.cli.Ferryd");
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(8);
    for (String command : commands) {
      if (command.startsWith("ferryd serve")) {
        serve(command + " --listen 127.0.0.1:0 --state " + temp.resolve("state"));
      } else {
        String here =
            command
                .replace("@localhost", "@localhost:" + port)
                .replace("//localhost", "//localhost:" + port)
                .replace("~/.config/ferry", temp.resolve("config").toString())
                .replaceAll(
                    "(ferryd (?:user|token|sessions|audit)[^)]*)",
                    "$1 --state " + temp.resolve("state"));
        assertThat(run(here)).as(command).isZero();
      }
    }
    assertThat(temp.resolve("ferry-copy.txt")).hasContent("hello");
    assertThat(temp.resolve("ferry-releases/1.0/docs/architecture.md"))
        .hasSameBinaryContentAs(HOME.resolve("docs/architecture.md"));
  }

  private List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(HOME.resolve("README.md")));
    while (block.find()) {
      for (String line : block.group(1).lines().toList()) {
        if (!line.equals("bin/ferry demo") && !line.equals("mvn verify")) {
          commands.add(line.replace("/tmp/", temp + "/"));
        }
      }
    }
    return commands;
  }

  /** A script on the path that starts one of the programs from this build. */
  private void program(String name, String mainClass) throws IOException {
    Path script = Files.createDirectories(temp.resolve("bin")).resolve(name);
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                mainClass));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  private void serve(String command) throws IOException {
    server = start("exec " + command, temp.resolve("server.log"));
    BufferedReader out = server.inputReader(UTF_8);
    Matcher ready =
        Pattern.compile("ferryd ready on \\S+:(\\d+) fingerprint \\S+").matcher(out.readLine());
    assertThat(ready.matches()).isTrue();
    port = ready.group(1);
  }

  private int run(String command) throws Exception {
    Path log = temp.resolve("errors.log");
    Process process = start(command, log);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      out.lines().forEach(_ -> {});
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
    if (process.exitValue() != 0) {
      System.err.println(command + ": " + Files.readString(log));
    }
    return process.exitValue();
  }

  private Process start(String command, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(HOME.toFile())
            .redirectInput(Files.writeString(temp.resolve("typed"), "ls\nquit\n").toFile())
            .redirectError(errors.toFile());
    builder.environment().merge("PATH", temp.resolve("bin") + ":", (path, bin) -> bin + path);
    builder.environment().put("FERRY_CONFIG_DIR", temp.resolve("config").toString());
    return builder.start();
  }
}

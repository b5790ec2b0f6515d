package dev.ferry.client.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Ferry;
import dev.ferry.server.cli.Ferryd;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A password and a token go through everything that handles them, and are then looked for in every
 * file and output of both programs, and in what the system tells about their processes.
 */
class PlantedSecretTest {
  private static final String PASSWORD = "Zq7-planted-Wx9";

  @TempDir Path folder;
  private final StringBuilder outputs = new StringBuilder();
  private final StringBuilder commandLines = new StringBuilder();
  private Process server;
  private String address;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    Files.createDirectory(folder.resolve("root"));
    run(Map.of(), PASSWORD + "\n", ferryd("user", "add", "alice", "--role=writer", stdin()));
    server =
        new ProcessBuilder(ferryd("serve", "--listen=127.0.0.1:0", "--root=root"))
            .directory(folder.toFile())
            .redirectError(folder.resolve("server.log").toFile())
            .start();
    BufferedReader out = server.inputReader();
    String ready = out.readLine();
    assertThat(ready).startsWith("ferryd ready on ");
    address = ready.replaceFirst("ferryd ready on (\\S+) .*", "$1");
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroy();
    server.waitFor();
  }

  private static String stdin() {
    return "--password-stdin";
  }

  private static List<String> java(Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    words.addAll(List.of(System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  private List<String> ferryd(String... arguments) {
    List<String> words = java(Ferryd.class, arguments);
    words.add("--state=" + folder.resolve("state"));
    return words;
  }

  /** Runs a command to its end, and keeps what it said and what others could see of it. */
  private String run(Map<String, String> environment, String input, List<String> words)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().put("FERRY_CONFIG_DIR", folder.resolve(".config").toString());
    builder.redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    keepCommandLine(process);
    process.getOutputStream().write(input.getBytes(UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    outputs.append(said);
    return said;
  }

  private void keepCommandLine(Process process) {
    try {
      commandLines.append(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")));
    } catch (IOException _) {
      // It is over already.
    }
  }

  private String ferry(Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    return run(environment, input, java(Ferry.class, arguments));
  }

  @Test
  void aPasswordIsNowhere() throws IOException, InterruptedException {
    TmuxTerminal.assumeTmux();
    String url = "ferry://alice@" + address + "/";
    String wrong = PASSWORD + "!";
    assertThat(ferry(Map.of(), PASSWORD + "\n", "ls", "-v", "--accept-new", stdin(), url))
        .contains("is empty");
    assertThat(ferry(Map.of("FERRY_PASSWORD", PASSWORD), "", "ls", "--json", url))
        .contains("summary");
    assertThat(ferry(Map.of(), wrong + "\n", "ls", "-v", stdin(), url)).contains("let alice in");
    assertThat(ferry(Map.of("FERRY_PASSWORD", wrong), "", "ls", "--json", url))
        .contains("let alice in");
    ferry(Map.of(), "", "ls", "--password=" + PASSWORD, url);
    ferry(Map.of(), "", "ls", "ferry://alice:" + PASSWORD + "@" + address + "/");
    atTheTerminal(url);

    assertIsNowhere(PASSWORD, "--password=" + PASSWORD, "alice:" + PASSWORD);
  }

  private void atTheTerminal(String url) throws IOException {
    try (TmuxTerminal terminal = TmuxTerminal.ferry(folder, List.of(), url)) {
      String asked = "Password for alice@" + address + ":";
      String ready = "ferry " + address + ":/>";
      terminal.awaitLine(asked).press("-l", PASSWORD).press("Enter").awaitLine(ready);
      terminal.type("open ferry://alice:" + PASSWORD + "@" + address + "/").press("Enter");
      terminal.awaitText("password in a");
      terminal.type("close").press("Enter").awaitLine("ferry (not connected)>");
      terminal.type("open " + url).press("Enter").awaitLine(asked);
      terminal.press("-l", PASSWORD).press("Enter").awaitLine(ready);
      terminal.press("C-d").awaitText("left with 0");
      outputs.append(terminal.record().replace("alice:" + PASSWORD, ""));
    }
  }

  @Test
  void aTokenIsNowhere() throws IOException, InterruptedException {
    String token =
        run(Map.of(), "", ferryd("token", "create", "--role=reader", "--expires=1h")).strip();
    assertThat(token).startsWith("ferry_");
    outputs.setLength(0);
    String url = "ferry://" + address + "/";
    Map<String, String> given = Map.of("FERRY_TOKEN", token);
    assertThat(ferry(given, "", "ls", "-v", "--accept-new", url)).contains("is empty");
    assertThat(ferry(Map.of("FERRY_TOKEN", token + "A"), "", "ls", "-v", url)).contains("oken");
    ferry(given, "", "get", url + "nothing");
    ferry(given, "open " + url + "\nfrobnicate " + token + "\n");

    assertIsNowhere(token);
  }

  /**
   * @param typed what the one command had on its line that a test typed there
   */
  private void assertIsNowhere(String secret, String... typed) throws IOException {
    String seen = commandLines.toString();
    for (String word : typed) {
      seen = seen.replace(word, "");
    }
    byte[] bytes = secret.getBytes(UTF_8);
    List<String> forms =
        List.of(
            secret,
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            HexFormat.of().formatHex(bytes));
    keepCommandLine(server);
    seen += Files.readString(Path.of("/proc/" + server.pid() + "/environ"));
    assertThat(outputs + seen).isNotEmpty().doesNotContain(forms);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).filter(file -> !isRecord(file)).forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(4);
    for (Path file : files) {
      assertThat(new String(Files.readAllBytes(file), UTF_8))
          .as(file.toString())
          .doesNotContain(forms);
    }
  }

  /** What the terminal showed while somebody typed a secret where none belongs. */
  private static boolean isRecord(Path file) {
    return file.getFileName().toString().startsWith(".record");
  }
}

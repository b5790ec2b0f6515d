package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in Python, which was written from the specification alone, against this server. */
class OtherLanguageTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path temp;
  private Path root;
  private FerryServer server;

  @BeforeEach
  void start() throws Exception {
    Assumptions.assumeTrue(
        canImport(), "needs " + PYTHON + " with xxhash (Debian: python3-xxhash)");
    root = Files.createDirectory(temp.resolve("root"));
    server = FerryServer.serving(root).anonymous(Role.WRITER).plaintext(true).log(_ -> {}).start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void listsPutsAndGetsATreeWithEveryKindOfName() throws Exception {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    for (String name :
        List.of("plain", "with space", "'quotes\"", "港口.txt", "e\u0301", "⛴️", "tab\t", "a\\b")) {
      Files.writeString(tree.resolve(name), "content of " + name);
    }
    Files.createDirectories(tree.resolve("a/deep/folder"));
    Files.write(tree.resolve("a/deep/large"), new byte[700_000]);
    Files.createFile(tree.resolve("empty"));

    assertThat(python("put", tree.toString(), "/up").exit()).isZero();
    assertThat(run(List.of("diff", "-r", tree.toString(), root.resolve("up").toString())).exit())
        .isZero();
    assertThat(python("list", "/up").output()).contains("港口.txt");
    assertThat(python("get", "/up", temp.resolve("down").toString()).exit()).isZero();
    assertThat(run(List.of("diff", "-r", tree.toString(), temp.resolve("down").toString())).exit())
        .isZero();
  }

  @Test
  void isToldWhatIsWrong() throws Exception {
    Result missing = python("get", "/missing", temp.resolve("x").toString());
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.output()).contains("NOT-FOUND");
  }

  private record Result(int exit, String output) {}

  private Result python(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PYTHON);
    command.add(HOME.resolve("testdata/python/ferry_client.py").toString());
    command.add("127.0.0.1");
    command.add(Integer.toString(server.port()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static boolean canImport() throws Exception {
    return Files.isExecutable(Path.of(PYTHON))
        && run(List.of(PYTHON, "-c", "import xxhash")).exit() == 0;
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), output);
  }
}

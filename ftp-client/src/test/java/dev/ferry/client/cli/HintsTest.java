package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages name what is in the way, and advise what helps against just that. */
class HintsTest {
  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    served.write("hello.txt", "hello");
    served.write("b", "b");
    served.write("tree/file", "file");
    local = Files.createDirectory(folder.resolve("local"));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private Result ferry(String command, String... words) {
    return Program.in(local).plain(List.of(command), words);
  }

  private FerryServer encrypted() throws IOException {
    return FerryServer.serving(served.path("")).anonymous(Role.READER).drain(Duration.ZERO).start();
  }

  /** What a line of the shell's language says; the run it is in is named before it. */
  private Result line(String line) {
    return Program.in(local).input(line + "\n").run("--plaintext", "-b", "-", served.url("/tree"));
  }

  @Test
  void unknownCommandsAreNamedInHelp() {
    Result help = Program.in(local).run("help", "gte");
    assertThat(help.code()).isEqualTo(ExitCode.USAGE);
    assertThat(help.message()).isEqualTo("ferry: unknown command 'gte'; did you mean 'get'?");
    assertThat(line("help gte").message()).endsWith("unknown command 'gte'; did you mean 'get'?");
  }

  @Test
  void whatCannotBeWrittenHereIsNamedByItsLocalPath() {
    for (String target : new String[] {"/proc/x", "/dev/null"}) {
      Result get = ferry("get", "-q", "--overwrite=always", served.url("/hello.txt"), target);
      assertThat(get.code()).isEqualTo(ExitCode.LOCAL);
      assertThat(get.message())
          .startsWith("ferry get: " + target + ": ")
          .doesNotContain("check the name");
    }
  }

  @Test
  void whatExistsThereIsNamed() {
    Result mv = ferry("mv", served.url("/hello.txt"), served.url("/b"));
    assertThat(mv.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(mv.message())
        .startsWith("ferry mv: /hello.txt: /b exists already; if that is a folder, a slash");
    Result mkdir = ferry("mkdir", served.url("/tree"));
    assertThat(mkdir.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(mkdir.message())
        .isEqualTo("ferry mkdir: /tree: exists already; -p accepts a folder that exists");
  }

  @Test
  void foldersAndTheRootAreNotAdvisedWhatCannotBe() {
    Result cat = ferry("cat", served.url("/tree"));
    assertThat(cat.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(cat.message())
        .isEqualTo("ferry cat: /tree: is a folder; get -r brings it with all it holds");
    Result rm = ferry("rm", "-r", served.url("/"));
    assertThat(rm.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(rm.message())
        .isEqualTo("ferry rm: /: the root itself is never removed; name what it holds");
  }

  @Test
  void whoeverLeavesOutEncryptionHearsWhatTheServerDoes() throws IOException {
    try (FerryServer server = encrypted()) {
      Result result = ferry("ls", "ferry://127.0.0.1:" + server.port() + "/");
      assertThat(result.code()).isEqualTo(ExitCode.PROTOCOL);
      assertThat(result.message())
          .isEqualTo(
              "ferry ls: the server encrypts, and this side does not; leave out --plaintext");
    }
  }

  @Test
  void socketsHavePathsAndNoPorts() {
    Result result = Program.in(local).run("ls", "ferry+unix:" + local + "/none::/");
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.message()).contains("; check the path, and").doesNotContain("port");
  }

  @Test
  void aFolderInThePlaceOfTheKnownServersIsNamed() throws IOException {
    Path known = Files.createDirectories(folder.resolve("config/known_servers"));
    try (FerryServer server = encrypted()) {
      Result result =
          Program.in(local)
              .run(
                  Map.of("FERRY_CONFIG_DIR", known.getParent().toString()),
                  "ls",
                  "ferry://127.0.0.1:" + server.port() + "/");
      assertThat(result.code()).isEqualTo(ExitCode.LOCAL);
      assertThat(result.message()).startsWith("ferry ls: " + known + ": is a folder, and");
    }
  }

  @Test
  void foldersThatCannotBeEnteredAreNamed() {
    assertThat(line("cd nope").message()).endsWith("cd: /tree/nope: not found");
    assertThat(line("cd file").message()).endsWith("cd: /tree/file: not a folder");
    Result open = Program.in(local).run("--plaintext", "-b", "-", served.url("/nope"));
    assertThat(open.message()).isEqualTo("ferry: /nope: not found");
  }

  @Test
  void noConnectionsAreTooFew() {
    for (String number : new String[] {"0", "-1", "66"}) {
      Result get = ferry("get", "-P", number, served.url("/hello.txt"));
      assertThat(get.code()).isEqualTo(ExitCode.USAGE);
      assertThat(get.message()).contains("-P takes 1 to ");
    }
    assertThat(ferry("get", "-P", "1", served.url("/hello.txt")).code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void theHomeFolderIsWhereTheEnvironmentSays() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home")).toRealPath();
    Result result =
        Program.in(local)
            .input("lcd\nlpwd\n")
            .run(Map.of("HOME", home.toString()), "--plaintext", "-b", "-");
    assertThat(result.out().strip()).isEqualTo(home.toString());
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    served.write("two words/上海.txt", "hello");
    served.write("two words/a*b", "star");
    served.write("two words/axb", "x");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void runsALineAfterTheOther() {
    Result result =
        input(
            """
            # nothing here

            pwd
            cd 'two words'   # a folder
              pwd
            cat 上海.txt
            cd ..
            pwd
            """);

    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).isEqualTo("/\n/two words\nhello/\n");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void endsAtTheFirstLineThatFails() throws IOException {
    Path file = Files.writeString(local.resolve("deploy.ferry"), "pwd\nstat nix\npwd\n");

    Result result = Program.in(local).run("--plaintext", "-b", "deploy.ferry", served.url("/"));
    assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.out()).isEqualTo("/\n");
    assertThat(result.message()).startsWith("deploy.ferry:2: stat: /nix: not found");

    Files.writeString(file, "nonsense\n");
    assertThat(Program.in(local).run("-b", "deploy.ferry").message())
        .isEqualTo("deploy.ferry:1: unknown command 'nonsense'; 'help' lists the commands");
    assertThat(Program.in(local).run("-b", "nix").code()).isEqualTo(ExitCode.LOCAL);
  }

  @Test
  void letsLinesFailThatBeginWithADash() {
    Result result = input("-stat nix\n- stat nix\n-rm 'open\npwd\n");

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).isEqualTo("/\n");
    assertThat(result.err().lines()).hasSize(3);
  }

  @Test
  void quotedSignsMeanThemselvesAndOthersArePatterns() {
    Result quoted = input("cd 'two words'\nget 'a*b'\nlls\n");
    assertThat(quoted.lines()).as(quoted.err()).containsExactly("a*b");
    Result open = input("cd 'two words'\nmget a?b\nlls\n");
    assertThat(open.lines()).as(open.err()).containsExactly("a*b", "axb");
    assertThat(input("rm 'two words'/a\\*b\nls 'two words'\n").lines())
        .containsExactly("axb", "上海.txt");
  }

  @Test
  void movesLocallyAndPutsWhatMatches() throws IOException {
    Files.createDirectories(local.resolve("in/deep"));
    Files.writeString(local.resolve("in/1.txt"), "1");
    Files.writeString(local.resolve("in/2.txt"), "2");
    Files.writeString(local.resolve("in/deep/3.txt"), "3");

    Result result =
        input(
            """
            lcd in
            lpwd
            mkdir up
            cd up
            mput *.txt
            put *ep/* renamed
            ls
            lls -a
            put *.nix
            """);
    assertThat(result.lines())
        .containsExactly(local + "/in", "1.txt", "2.txt", "renamed", "1.txt", "2.txt", "deep");
    assertThat(result.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(result.err()).contains("-:9: put: *.nix: no local file matches");
  }

  @Test
  void opensAndClosesServers() throws IOException {
    Result result = Program.in(local).input("pwd\n").run();
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message())
        .isEqualTo("-:1: pwd: no server is open; open one with: open ferry://host:9021/");
    Result opened =
        Program.in(local)
            .input("open --plaintext " + served.url("/two%20words") + "\npwd\nclose\nls\n")
            .run();
    assertThat(opened.out()).isEqualTo("/two words\n");
    assertThat(opened.message()).startsWith("-:4: ls: no server is open");
    assertThat(Program.in(local).input("open " + served.url("/")).run().message())
        .contains("-:1: open: ", "--plaintext");
    assertThat(Program.in(local).input("open ferry://h/ --plaintext --retries").run().code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aUrlThatIsNoFolderEndsTheRunBeforeItBegins() {
    Result result =
        Program.in(local).input("pwd\n").run("--plaintext", served.url("/two%20words/axb"));

    assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(result.out()).isEmpty();
    assertThat(result.message()).contains("not a folder");
  }

  @Test
  void leavesAtQuit() {
    assertThat(input("pwd\nquit\npwd\n").out()).isEqualTo("/\n");
    assertThat(input("bye\nstat nix\n").code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void runsLocalCommandsInTheLocalFolder() throws IOException {
    assertThat(input("!touch made\nlls\n!false\npwd\n").out()).isEqualTo("made\n");
    assertThat(input("!exit 3\n").err()).contains("-:1: ", "ended with 3");
  }

  @Test
  void anEmptyNameIsNotTheCurrentFolder() throws IOException {
    Files.writeString(local.resolve("here"), "h");
    for (String line :
        List.of(
            "rm -r ''",
            "ls \"\"",
            "cd ''",
            "get -r ''",
            "mget ''",
            "get a?b ''",
            "mv '' ../new",
            "mv axb ''",
            "put here ''",
            "put -r ''",
            "lcd ''",
            "lls ''")) {
      Result result = input("cd 'two words'\n" + line + "\n");
      assertThat(result.code()).as(line).isEqualTo(ExitCode.USAGE);
      assertThat(result.message()).startsWith("-:2: ").endsWith(": an empty text is no path");
    }
    assertThat(served.path("two words")).isDirectoryContaining("glob:**/axb");
    assertThat(local).isDirectoryNotContaining("glob:**/axb");
  }

  @Test
  void expandsNeitherVariablesNorHistory() throws IOException {
    served.write("$HOME", "v");

    assertThat(input("cat $HOME\n").out()).isEqualTo("v");
  }

  @Test
  void takesFilesOfOtherSystems() throws IOException {
    Files.writeString(local.resolve("b"), "\uFEFFpwd\r\npwd\r\n");
    assertThat(Program.in(local).run("--plaintext", "-b", "b", served.url("/")).out())
        .isEqualTo("/\n/\n");

    Files.write(local.resolve("b"), "pwd\npw\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    Result latin = Program.in(local).run("--plaintext", "-b", "b", served.url("/"));
    assertThat(latin.code()).isEqualTo(ExitCode.USAGE);
    assertThat(latin.message()).isEqualTo("b:2: this line is not UTF-8 text");
  }

  @Test
  void explainsCommands() {
    assertThat(input("help\n").out()).contains("mkdir", "Make folders.", "!COMMAND");
    assertThat(input("help get\n").out()).contains("--overwrite");
    assertThat(input("help gte\n").message()).contains("did you mean 'get'?");
  }

  private Result input(String lines) {
    return Program.in(local).input(lines).run("--plaintext", served.url("/"));
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  @TempDir private Path folder;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    served.write("b.txt", "hello");
    served.write("a 上海.txt", "");
    served.write(".hidden", "h");
    served.write("deep/er/c", "123");
    Files.createDirectories(served.path("empty"));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  // ---- ls

  @Test
  void listsNamesSortedOneALine() {
    assertThat(ferry("ls", served.url("")).lines())
        .containsExactly("a 上海.txt", "b.txt", "deep", "empty");
    assertThat(ferry("list", "-a", served.url("/")).lines()).contains(".hidden");
    assertThat(ferry("ls", served.url("/deep/er/c")).lines()).containsExactly("c");
    assertThat(ferry("ls", served.url("/*.txt")).lines()).containsExactly("a 上海.txt", "b.txt");
    assertThat(ferry("ls", served.url("/*/*/c")).lines()).containsExactly("deep/er/c");
  }

  @Test
  void listsInColumnsOnATerminal() {
    Result wide = Program.in(folder).terminal(80).run("ls", "--plaintext", served.url(""));
    assertThat(wide.lines()).containsExactly("a 上海.txt  b.txt  deep/  empty/");
    Result narrow = Program.in(folder).terminal(24).run("ls", "--plaintext", served.url(""));
    assertThat(narrow.lines()).containsExactly("a 上海.txt  deep/", "b.txt       empty/");
    Result tiny = Program.in(folder).terminal(5).run("ls", "--plaintext", served.url(""));
    assertThat(tiny.lines()).hasSize(4);
  }

  @Test
  void listsWhatIsKnownWithDetails() throws IOException {
    Files.setLastModifiedTime(
        served.path("b.txt"), FileTime.from(Instant.parse("2026-01-05T12:00:00Z")));
    assertThat(ferry("ls", "-l", served.url("/")).lines())
        .anyMatch(line -> line.matches("-rw-r--r--  5  2026-01-0[56] \\d\\d:\\d\\d  b.txt"))
        .anyMatch(line -> line.startsWith("drwxr-xr-x  -  ") && line.endsWith("  deep"));
  }

  @Test
  void listsFolderByFolder() {
    assertThat(ferry("ls", "-R", served.url("/")).lines())
        .containsExactly(
            "/:", "a 上海.txt", "b.txt", "deep", "empty", "", "/deep:", "er", "", "/deep/er:", "c");
  }

  @Test
  void saysThatAFolderIsEmpty() {
    Result result = ferry("ls", served.url("/empty"));

    assertThat(result.code()).isEqualTo(ExitCode.OK);
    assertThat(result.out()).isEmpty();
    assertThat(result.message()).isEqualTo("ferry ls: /empty is empty");
    assertThat(ferry("ls", "-q", served.url("/empty")).err()).isEmpty();
  }

  @Test
  void tellsAFileFromAFolderThatHoldsOneOfItsName() throws IOException {
    served.write("same/same", "12");

    assertThat(ferry("ls", "--json", served.url("/same")).out())
        .contains("\"path\":\"/same/same\"");
    assertThat(ferry("ls", "--json", served.url("/same/same")).out())
        .contains("\"path\":\"/same/same\"");
  }

  @Test
  void listsForMachines() {
    Result result = ferry("ls", "--json", served.url("/"));

    assertThat(result.lines()).hasSize(5);
    assertThat(result.lines().get(1))
        .startsWith(
            "{\"type\":\"item\",\"op\":\"ls\",\"path\":\"/b.txt\",\"bytes\":5,\"sent\":0,"
                + "\"status\":\"done\",\"code\":null,\"error\":null,\"retryable\":false,\"id\":\"")
        .contains("\"kind\":\"file\"");
    assertThat(result.lines().getLast())
        .startsWith("{\"type\":\"summary\",\"op\":\"ls\",\"done\":4,")
        .contains("\"exit\":0");
  }

  @Test
  void hostileNamesAreVisibleAndHarmless() throws IOException {
    served.write("evil\u001b[2J\n\u202e", "");

    assertThat(ferry("ls", served.url("/")).lines()).contains("evil\\e[2J\\n\\u{202e}");
    assertThat(ferry("ls", "-l", served.url("/")).out()).doesNotContain("\u001b", "\u202e");
    assertThat(ferry("ls", "--json", served.url("/")).out())
        .contains("evil\\u001b[2J\\u000a\\u202e")
        .doesNotContain("\u001b", "\u202e");
    assertThat(ferry("rm", served.url("/evil*"), served.url("/evil*")).err())
        .doesNotContain("\u001b");
  }

  // ---- stat, sum, cat

  @Test
  void showsWhatIsKnown() {
    assertThat(ferry("stat", served.url("/b.txt")).lines())
        .contains(
            "/b.txt", "  kind      file", "  size      5 bytes", "  mode      rw-r--r-- (0644)");
  }

  @Test
  void sumsAsSha256sumDoes() {
    assertThat(ferry("sum", served.url("/b.txt")).out())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824  /b.txt\n");
  }

  @Test
  void writesContentToStandardOutput() {
    assertThat(ferry("cat", served.url("/b.txt"), served.url("/deep/er/c")).out())
        .isEqualTo("hello123");
    assertThat(ferry("cat", served.url("/deep")).code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void staysSilentWhenTheReaderOfThePipeGoesAway() throws IOException {
    served.write("large", "x".repeat(1 << 20));
    Process process = Processes.ferry(folder, "cat", "--plaintext", served.url("/large"));
    process.getInputStream().close();
    assertThat(Processes.exit(process)).isEqualTo(141);
    assertThat(process.errorReader().readLine()).isNull();
  }

  // ---- mkdir, rm, mv

  @Test
  void makesFolders() {
    assertThat(ferry("mkdir", served.url("/new")).code()).isEqualTo(ExitCode.OK);
    assertThat(served.path("new")).isDirectory();
    Result again = ferry("mkdir", served.url("/new"));
    assertThat(again.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(again.message()).contains("/new: ").contains("-p");
    assertThat(ferry("mkdir", "-p", served.url("/new"), served.url("/x/y/z")).code())
        .isEqualTo(ExitCode.OK);
    assertThat(served.path("x/y/z")).isDirectory();
    assertThat(ferry("mkdir", served.url("/no/parent")).code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void removesFilesAndOnRequestFolders() {
    Result refused = ferry("rm", served.url("/deep"));
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.message()).contains("/deep: ").contains("-r removes folders");
    assertThat(ferry("rm", "-r", served.url("/deep"), served.url("/*.txt")).code())
        .isEqualTo(ExitCode.OK);
    assertThat(served.path("deep")).doesNotExist();
    assertThat(served.path("b.txt")).doesNotExist();
    assertThat(served.path(".hidden")).exists();
    assertThat(ferry("rm", served.url("/*.txt")).code()).isEqualTo(ExitCode.REFUSED);
    assertThat(ferry("rm", "-r", served.url("/")).code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void renamesAndMovesIntoFoldersButNeverReplaces() {
    assertThat(ferry("mv", served.url("/b.txt"), served.url("/d.txt")).code())
        .isEqualTo(ExitCode.OK);
    assertThat(ferry("mv", served.url("/d.txt"), served.url("/empty/")).code())
        .isEqualTo(ExitCode.OK);
    assertThat(served.path("empty/d.txt")).content().isEqualTo("hello");
    Result refused = ferry("mv", served.url("/deep"), served.url("/empty"));
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.message()).contains("/deep: ").contains("a slash at the end");
    assertThat(served.path("deep/er/c")).exists();
  }

  // ---- several

  @Test
  void endsWithOneIfSomeFailed() {
    Result result = ferry("stat", served.url("/b.txt"), served.url("/nix"));

    assertThat(result.code()).isEqualTo(ExitCode.MIXED);
    assertThat(result.message()).startsWith("ferry stat: /nix: not found");
    assertThat(ferry("stat", served.url("/nix"), served.url("/nix2")).code())
        .isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void aReaderMayNotChangeAnything() throws IOException {
    try (Served readOnly = Served.at(folder.resolve("other"), Role.READER)) {
      readOnly.write("a", "a");
      for (Result result :
          new Result[] {
            ferry("rm", readOnly.url("/a")),
            ferry("mkdir", readOnly.url("/b")),
            ferry("mv", readOnly.url("/a"), readOnly.url("/b")),
            ferry("put", served.path("b.txt").toString(), readOnly.url("/")),
          }) {
        assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.err()).contains("ask whoever runs the server");
      }
      assertThat(readOnly.path("a")).content().isEqualTo("a");
    }
  }

  @Test
  void namesEachRequestAsTheServersLogDoes() throws IOException {
    Files.createDirectories(folder.resolve("A"));
    Files.writeString(folder.resolve("A/up"), "up");
    for (Result result :
        List.of(
            ferry("stat", "--json", served.url("/b.txt")),
            ferry("get", "--json", served.url("/b.txt")),
            ferry("put", "-r", "--json", "A", served.url("/new")))) {
      String id = result.out().replaceFirst("(?s).*?\"id\":\"([^\"]*)\".*", "$1");
      String op = result.out().replaceFirst("(?s).*?\"op\":\"([^\"]*)\".*", "$1");
      assertThat(id).matches("[0-9a-z]+\\.[0-9]+");
      served.awaitLog(".* event=" + op + " .*\\bid=" + id.replace(".", "\\.") + "\\b.*");
    }
  }

  // ---- use

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "ls",
        "ls --frob ferry://h/",
        "get",
        "put x",
        "stat /no/url",
        "mv ferry://h/a",
        "-b",
        "get --overwrite perhaps ferry://h/a",
        "get --links follow ferry://h/a",
        "ls http://h/",
        "--retries many ls ferry://h/",
        "--retries=-1 ls ferry://h/",
        "put . ferry://h/*"
      })
  void explainsWrongUseInOneLine(String line) {
    Result result =
        Program.in(folder).run((line.startsWith("-") ? line : line + " --plaintext").split(" "));

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).startsWith("ferry");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void namesTheFlagThatAllowsPlaintext() {
    Result result = Program.in(folder).run("ls", served.url("/"));

    assertThat(result.code()).isEqualTo(ExitCode.PROTOCOL);
    assertThat(result.message()).contains("--plaintext").contains("127.0.0.1:" + served.port());
  }

  @Test
  void takesCommonOptionsBeforeTheCommandToo() {
    assertThat(Program.in(folder).run("--plaintext", "ls", served.url("/")).code())
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void suggestsTheNearestCommand() {
    assertThat(Program.in(folder).run("gte", "x").message())
        .isEqualTo("ferry: unknown command 'gte'; did you mean 'get'?");
  }

  @Test
  void printsItsVersion() {
    assertThat(Program.in(folder).run("--version").out()).startsWith("ferry ");
    assertThat(Program.in(folder).run("--version", "-v").out()).contains("java ");
    assertThat(Program.in(folder).run("--help").out()).contains("ferry COMMAND", "mkdir");
    assertThat(Program.in(folder).run("help", "get").out()).contains("--overwrite");
  }

  private Result ferry(String command, String... arguments) {
    return Program.in(folder).plain(List.of(command), arguments);
  }
}

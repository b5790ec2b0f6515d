package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.server.ServerBuilder;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as somebody at a terminal meets it. */
class ShellTest {
  @TempDir private Path served;
  @TempDir private Path local;
  private FerryServer server;
  private String prompt;

  @BeforeAll
  static void needsTmux() {
    TmuxTerminal.assumeTmux();
  }

  @BeforeEach
  void serve() throws IOException {
    Files.writeString(served.resolve("README.md"), "read me\n");
    Files.createDirectories(served.resolve("drawer 1/上海"));
    Files.writeString(served.resolve("drawer 1/上海/洋山港.txt"), "深水港\n");
    Files.writeString(served.resolve("drawer 1/上海/洋山島.txt"), "島\n");
    Files.writeString(served.resolve("The Captain's \"Supper\".txt"), "fish\n");
    Files.writeString(local.resolve("notes.txt"), "notes\n");
    server = start(0);
    prompt = "ferry 127.0.0.1:" + server.port() + ":";
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void opensInTwelveLinesWithNamesThatAreThereAndInOneAfterThreeStarts() throws IOException {
    for (int start = 1; start <= 3; start++) {
      try (TmuxTerminal terminal = open()) {
        terminal
            .awaitText(prompt + "/>")
            .awaitScreen(
                screen ->
                    assertThat(greeting(screen))
                        .hasSizeBetween(8, 12)
                        .anyMatch(line -> line.contains("as writer, in /"))
                        .anyMatch(line -> line.contains("get README.md"))
                        .anyMatch(line -> line.contains("put notes.txt"))
                        .anyMatch(line -> line.contains("cd 'drawer 1'"))
                        .anyMatch(line -> line.contains("help")));
      }
    }
    try (TmuxTerminal terminal = open()) {
      terminal
          .awaitText(prompt + "/>")
          .awaitScreen(
              screen ->
                  assertThat(greeting(screen))
                      .singleElement()
                      .asString()
                      .contains("as writer", "help"));
    }
  }

  @Test
  void showsAReaderWhatAReaderMayDo() throws IOException {
    int port = server.port();
    server.close();
    server = server(port).anonymous(Role.READER).start();
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").awaitText("as reader").awaitText("sum README.md");
      assertThat(terminal.screen()).doesNotContain("put ", "mkdir");
    }
  }

  @Test
  void completesRemoteNamesWithBlanksQuotesAndChineseLetters() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>");
      terminal.type("cat dra").press("Tab").awaitLine(prompt + "/> cat drawer\\ 1/");
      terminal.type("上").press("Tab").awaitLine(prompt + "/> cat drawer\\ 1/上海/");
      terminal.press("Tab").awaitText("洋山島.txt").awaitText("cat drawer\\ 1/上海/洋山");
      terminal.type("港").press("Tab").awaitText("cat drawer\\ 1/上海/洋山港.txt");
      terminal.press("Enter").awaitText("深水港");
      terminal.type("cat \"The").press("Tab");
      terminal.awaitText("cat \"The Captain's \\\"Supper\\\".txt\"").press("Enter");
      terminal.awaitText("fish");
    }
  }

  @Test
  void completesCommandsOptionsAndLocalNames() throws IOException {
    Files.createDirectories(local.resolve("my pictures"));
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>");
      terminal.type("mkd").press("Tab").awaitText("> mkdir");
      terminal.type("--par").press("Tab").awaitText("> mkdir --parents").press("C-c");
      terminal.awaitLine(prompt + "/>").type("get --over").press("Tab").awaitText("--overwrite");
      terminal.type("al").press("Tab").awaitText("--overwrite always").press("C-c");
      terminal
          .awaitLine(prompt + "/>")
          .type("lcd my")
          .press("Tab")
          .awaitText("> lcd my\\ pictures/")
          .press("Enter");
      terminal.type("lpwd").press("Enter").awaitText(local + "/my pictures");
    }
  }

  @Test
  void completesWhatACommandHasJustMade() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").type("cat R").press("Tab").awaitText("cat README.md");
      terminal.press("C-c").awaitLine(prompt + "/>").type("mkdir new").press("Enter");
      terminal.awaitLine(prompt + "/>").type("cd ne").press("Tab").awaitText("> cd new/");
    }
  }

  @Test
  void refusesAQuoteLeftOpen() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>");
      terminal.type("cd 'dra").press("Tab").awaitText("> cd 'drawer 1/").press("Enter");
      terminal.awaitText("a quote (') is opened and never closed").awaitLine(prompt + "/>");
      terminal.type("cd 'dra").press("Tab").awaitText("> cd 'drawer 1/");
      terminal.type("'").press("Enter").awaitText(prompt + "/drawer 1>");
    }
  }

  @Test
  void clearsTheLineAtCtrlCAndLeavesAtCtrlD() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>");
      terminal.type("rm -r drawer").press("C-c").awaitLine(prompt + "/>");
      terminal.press("C-d").awaitText("left with 0");
      assertThat(served.resolve("drawer 1")).exists();
    }
  }

  @Test
  void saysWhatToDoAboutWrongInputAndLeavesAtQuit() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").type("mkdri x").press("Enter");
      terminal.awaitText("did you mean 'mkdir'?").awaitText(prompt + "/>");
      terminal.type("rm").press("Enter").awaitText("see: rm --help");
      terminal.type("cat nothing").press("Enter").awaitText("see what is there with: ls");
      terminal.type("quit").press("Enter").awaitText("left with 0");
    }
  }

  @Test
  void remembersLinesButNoSecrets() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").type("ls 'drawer 1'").press("Enter").awaitText("上海");
      terminal
          .type("open ferry://ann:hunter2@localhost/")
          .press("Enter")
          .awaitText("password in a");
      terminal.press("C-d").awaitText("left with 0");
    }
    Path history = local.resolve(".config/history");
    assertThat(history).content().contains("ls 'drawer 1'").doesNotContain("hunter2");
    assertThat(Files.getPosixFilePermissions(history))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").press("Up").awaitLine(prompt + "/> ls 'drawer 1'");
    }
  }

  @Test
  void runsLocalCommandsAndGetsItsTerminalBack() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").type("!cat notes.txt; stty -echo; false").press("Enter");
      terminal.awaitText("notes").awaitText("ended with 1").awaitLine(prompt + "/>");
      terminal.type("!stty -a").press("Enter").awaitText("iexten echo ");
      terminal.awaitLine(prompt + "/>").type("pw").press("Tab").awaitLine(prompt + "/> pwd");
    }
  }

  @Test
  void connectsAgainAfterTheServerWasGoneAndStaysInItsFolder() throws IOException {
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").type("cd 'drawer 1/上海'").press("Enter");
      terminal.awaitText(prompt + "/drawer 1/上海>");
      int port = server.port();
      server.close();
      // For a moment another connection of this machine may have the port.
      server = await().ignoreExceptions().until(() -> start(port), Objects::nonNull);
      terminal.type("ls").press("Enter").awaitText("try 1 of 5").awaitText("洋山港.txt");
      terminal.awaitLine(prompt + "/drawer 1/上海>");
    }
  }

  @Test
  void showsHostileNamesWithoutDoingWhatTheySay() throws IOException {
    String hostile = "evil\u001b]0;owned\u0007\u001b[2J\u009b1m\u202etxt";
    Files.writeString(served.resolve(hostile), "");
    Files.createDirectories(served.resolve("worse\u001b[31m"));
    try (TmuxTerminal terminal = open()) {
      terminal.awaitText(prompt + "/>").type("ls").press("Enter").awaitText("evil\\e]0;owned");
      terminal.type("stat ").press("Tab").awaitText("worse\\e[31m/");
      terminal.type("evil").press("Tab").awaitText("> stat evil").press("C-c");
      terminal
          .awaitLine(prompt + "/>")
          .type("cd worse")
          .press("Tab", "Enter")
          .awaitText(prompt + "/worse\\e[31m>");
      assertThat(terminal.record())
          .doesNotContain("\u001b]0;owned", "owned\u0007", "\u001b[2Jx", "\u001b[31m")
          .doesNotContain("\u00c2\u009b1m", "\u00e2\u0080\u00ae");
    }
  }

  @Test
  void worksOnADumbTerminal() throws IOException {
    try (TmuxTerminal terminal = open("TERM=dumb")) {
      terminal.awaitText(prompt + "/>").type("ls").press("Enter").awaitText("README.md");
      terminal.type("rm README.md").press("C-c").awaitLine(prompt + "/>");
      terminal.type("cat README.md").press("Enter").awaitText("read me");
      terminal.press("C-d").awaitText("\nleft with 0");
      assertThat(terminal.record()).doesNotContain("\u001b");
    }
  }

  @Test
  void sendsNoColorWhereNoneIsWanted() throws IOException {
    Files.writeString(served.resolve("RECORD.md"), "");
    try (TmuxTerminal terminal = open("NO_COLOR=1")) {
      terminal.awaitText(prompt + "/>").type("help get").press("Enter").awaitText("Examples:");
      terminal.type("cat R").press("Tab", "Tab").awaitText("RECORD.md").press("C-c");
      terminal.awaitLine(prompt + "/>").press("C-d").awaitText("left with 0");
      assertThat(terminal.record()).doesNotContainPattern("\u001b\\[([0-9]*;)*[349][0-79][;m]");
    }
  }

  @Test
  void saysThatNoServerIsOpen() throws IOException {
    try (TmuxTerminal terminal = TmuxTerminal.ferry(local, List.of(), "--plaintext")) {
      terminal.awaitText("Not connected").awaitLine("ferry (not connected)>");
      terminal.type("ls").press("Enter").awaitText("no server is open");
      terminal.type("open ferry://127.0.0.1:" + server.port() + "/drawer%201").press("Enter");
      terminal.awaitLine(prompt + "/drawer 1>");
      terminal.type("close").press("Enter").awaitLine("ferry (not connected)>");
    }
  }

  private TmuxTerminal open(String... environment) throws IOException {
    return TmuxTerminal.ferry(
        local, List.of(environment), "--plaintext", "ferry://127.0.0.1:" + server.port() + "/");
  }

  private FerryServer start(int port) throws IOException {
    return server(port).anonymous(Role.WRITER).start();
  }

  private ServerBuilder server(int port) {
    return FerryServer.serving(served)
        .listen(new Endpoint.Tcp("127.0.0.1", port))
        .plaintext(true)
        .drain(Duration.ZERO);
  }

  /** The lines above the first prompt. */
  private List<String> greeting(String screen) {
    return screen.lines().takeWhile(line -> !line.startsWith("ferry ")).skip(1).toList();
  }
}

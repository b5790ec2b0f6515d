package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Reason;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile texts on a real terminal, as names and as messages, through every command: no byte of
 * them gets there that a terminal or a person would take for something else.
 */
class HostileTextTest {
  private static final List<String> TEXTS = HostileText.all(500);

  /** What this program itself writes to a terminal outside of the shell. */
  private static final String OWN = "\r\u001b\\[K|\r?\n";

  /** What JLine writes to draw a line and a menu. */
  private static final String DRAWN =
      "\u001b\\[([0-9]*[ABCD]|[JK]|(0|1|7|27|90)?m|\\?(1|2004|100[0-6]|101[56]|25)[hl])"
          + "|\u001b[=>]|\r+\n|\r|(?<=[ /])\b+";

  @TempDir private static Path temp;
  private static Path root;

  @BeforeAll
  static void makeFiles() throws IOException {
    root = temp.resolve("root");
    Path names = Files.createDirectories(root.resolve("names"));
    for (String text : TEXTS) {
      Files.writeString(names.resolve(text), "x");
    }
    Files.createSymbolicLink(names.resolve("link{\u001b[2J\u202e}"), names);
    Files.createDirectory(names.resolve("folder{\u001b[2J\u202e}"));
  }

  private static FerryServer serve() throws IOException {
    return FerryServer.serving(root)
        .anonymous(Role.WRITER)
        .plaintext(true)
        .drain(Duration.ZERO)
        .start();
  }

  @Test
  void namesOfFiles() throws Exception {
    String lines =
        """
        ls names
        ls -l names
        -ls -R
        stat names/*
        -sum names/*
        get -r -v names one
        -get -r -v names/* two/
        -get -v names/*link* two/
        put -r -v one other
        -put -r -v one/* other/
        mkdir names/made
        ls names/*
        rm -v other/*i*
        rm -r -v other
        """;
    try (FerryServer server = serve();
        PseudoTerminal terminal = batch(server.port(), lines)) {
      int code = terminal.exit();
      assertThat(code).as(terminal.end()).isZero();
      assertThat(terminal.output()).contains("{\\e[2J\\e[H}", "{\\u{9b}2J}");
      assertHarmless(terminal.output(), OWN);
    }
  }

  @Test
  void namesOfFilesForMachines() throws Exception {
    try (FerryServer server = serve();
        PseudoTerminal terminal =
            batch(
                server.port(), "ls --json -R\nget --json -r names json\n-stat --json names/*\n")) {
      terminal.exit();
      assertHarmless(terminal.output(), OWN);
    }
  }

  @Test
  void messages() throws Exception {
    StringBuilder lines = new StringBuilder();
    Script script = Script.begin().greetAsServer().expect(FrameType.STAT).send(folder());
    for (int i = 0; i < TEXTS.size(); i++) {
      Reason reason = new Reason(i % 2 == 0 ? 11 : 10_000 + i, TEXTS.get(i));
      switch (i % 7) {
        case 0 -> script = refused(script, FrameType.STAT, reason, lines, "-stat a");
        case 1 -> script = refused(script, FrameType.LIST, reason, lines, "-ls a");
        case 2 -> script = refused(script, FrameType.CHECKSUM, reason, lines, "-sum --json a");
        case 3 -> script = refused(script, FrameType.MKDIR, reason, lines, "-mkdir -v a");
        case 4 -> script = refused(script, FrameType.RENAME, reason, lines, "-mv a b");
        case 5 -> {
          lines.append("-get -P 1 -v a .\n");
          script =
              script
                  .expect(FrameType.GET)
                  .send(
                      new Frame.EntryError(
                          0, Status.FAILED, reason, 0, List.of(TEXTS.get(i), "..")),
                      new Frame.JobEnd(1, 0))
                  .expect(FrameType.JOB_DONE);
        }
        default -> {
          lines.append("-get -P 1 --json a .\n");
          script =
              script.expect(FrameType.GET).send(new Frame.Abort(reason)).expect(FrameType.JOB_DONE);
        }
      }
    }
    try (ScriptedPeer server = ScriptedPeer.listening(script.untilEnd());
        PseudoTerminal terminal =
            batch(((Endpoint.Tcp) server.endpoint()).port(), lines.toString())) {
      assertThat(terminal.exit()).as(terminal.end()).isZero();
      assertThat(terminal.output().split("\\{", -1)).hasSizeGreaterThan(TEXTS.size());
      assertHarmless(terminal.output(), OWN);
    }
  }

  private static Script refused(
      Script script, FrameType request, Reason reason, StringBuilder lines, String line) {
    lines.append(line).append('\n');
    return script.expect(request).send(new Frame.Failure(reason, Frame.Failure.NO_COMPONENT));
  }

  private static Frame folder() {
    return new Frame.Attributes(new Frame.FileAttributes(Frame.Kind.FOLDER, 0, 0, 0755));
  }

  @Test
  void shellWithCompletion() throws Exception {
    try (FerryServer server = serve();
        PseudoTerminal terminal =
            PseudoTerminal.ferry(
                work(), temp.resolve("config"), "--plaintext", url(server.port()))) {
      terminal.await(output -> prompts(output) == 1).press("ls names\r");
      terminal.await(output -> prompts(output) == 2);
      assertThat(terminal.output().split("\\{", -1)).hasSizeGreaterThan(TEXTS.size());
      for (int tens = 5; tens < 50; tens++) {
        complete(terminal, "get names/" + tens);
      }
      for (String start : List.of("5{", "7{", "64{", "72{", "86{", "87{", "89{", "90{", "f")) {
        complete(terminal, "get names/" + start);
      }
      terminal.press("quit\r");
      terminal.exit();
      assertHarmless(terminal.output(), DRAWN);
    }
  }

  /** Has the names that begin so shown, and one of them put into the line. */
  private static void complete(PseudoTerminal terminal, String line) throws IOException {
    int before = terminal.output().length();
    terminal.press(line + "\t").await(output -> output.indexOf("{", before) >= 0);
    int prompts = prompts(terminal.output());
    terminal.press("\u0003").await(output -> prompts(output) > prompts);
  }

  private static int prompts(String output) {
    return output.split("\u001b\\[0m> ", -1).length - 1;
  }

  private static PseudoTerminal batch(int port, String lines) throws IOException {
    Path work = work();
    Files.writeString(work.resolve("lines"), lines);
    return PseudoTerminal.ferry(
        work, temp.resolve("config"), "--plaintext", "--retries", "0", "-b", "lines", url(port));
  }

  private static Path work() throws IOException {
    return Files.createTempDirectory(temp, "work");
  }

  private static String url(int port) {
    return "ferry://127.0.0.1:" + port + "/";
  }

  private static void assertHarmless(String output, String own) {
    assertThat(
            Arrays.stream(output.split(own))
                .filter(text -> text.codePoints().anyMatch(HostileTextTest::acts))
                .map(Printable::text))
        .isEmpty();
  }

  private static boolean acts(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }
}

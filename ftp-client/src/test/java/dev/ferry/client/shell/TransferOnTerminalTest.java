package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal sees of a transfer, in the shell and without it. */
class TransferOnTerminalTest {
  private static final long MIB = 1 << 20;

  @TempDir private Path served;
  @TempDir private Path local;
  private FerryServer server;
  private HoldingProxy proxy;

  @BeforeAll
  static void needsTmux() {
    TmuxTerminal.assumeTmux();
  }

  @BeforeEach
  void serve() throws IOException {
    server =
        FerryServer.serving(served)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .drain(Duration.ZERO)
            .start();
    proxy = new HoldingProxy(server.port(), 4 * MIB);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void showsHowFarItIsAndWhatIsAwaitedAndLeavesNothingOfItBehind() throws IOException {
    makeFile(served.resolve("big.bin"), 8 * MIB);
    try (TmuxTerminal terminal = ferry("get", url() + "big.bin")) {
      terminal.awaitText("of 8.0 MiB");
      terminal.awaitText("waiting for data from the other side");
      proxy.letGo();
      terminal.awaitText("left with 0");
      assertThat(terminal.screen()).doesNotContain("waiting", "%");
      assertThat(local.resolve("big.bin")).hasSize(8 * MIB);
    }
  }

  @Test
  void knowsEarlyHowMuchATreeIsThatComesHere() throws IOException {
    makeFile(served.resolve("tree/港/first.bin"), 8 * MIB);
    makeFile(served.resolve("tree/港/second.bin"), 8 * MIB);
    try (TmuxTerminal terminal = ferry("get", "-r", url() + "tree", "fresh/")) {
      terminal.awaitText("of 16.0 MiB");
      proxy.letGo();
      terminal.awaitText("left with 0");
    }
  }

  @Test
  void knowsEarlyHowMuchATreeIsThatGoesThere() throws IOException {
    makeFile(local.resolve("tree/endless.bin"), 8192 * MIB);
    makeFile(local.resolve("tree/small.bin"), 1);
    try (TmuxTerminal terminal = ferry("put", "-r", "tree", url())) {
      terminal.awaitText("of 8.0 GiB").awaitText("0/2 files");
      terminal.press("C-c").awaitText("left with 130");
      assertThat(terminal.screen()).doesNotContain("%");
      assertThat(served.resolve("tree/endless.bin")).doesNotExist();
    }
  }

  @Test
  void showsNoBarOnADumbTerminal() throws IOException {
    makeFile(served.resolve("big.bin"), 8 * MIB);
    try (TmuxTerminal terminal =
        TmuxTerminal.ferry(local, List.of("TERM=dumb"), "--plaintext", "get", url() + "big.bin")) {
      terminal.awaitScreen(_ -> assertThat(proxy.connections()).isEqualTo(1));
      proxy.letGo();
      terminal.awaitText("left with 0");
      assertThat(terminal.record()).doesNotContain("\u001b", "%");
    }
  }

  @Test
  void abortsATransferAtCtrlCAndKeepsShellAndConnection() throws IOException {
    try (TmuxTerminal terminal = ferry(url())) {
      startEndlessGet(terminal);
      terminal.awaitText("waiting for data from the other side");
      abortAndGoOn(terminal);
      terminal.press("C-d").awaitText("left with 0");
    }
  }

  @Test
  void abortsATransferOnADumbTerminalToo() throws IOException {
    try (TmuxTerminal terminal =
        TmuxTerminal.ferry(local, List.of("TERM=dumb"), "--plaintext", url())) {
      startEndlessGet(terminal);
      terminal.awaitScreen(_ -> assertThat(proxy.isHolding()).isTrue());
      abortAndGoOn(terminal);
      terminal.press("C-d").awaitText("left with 0");
    }
  }

  @Test
  void saysThatTheConnectionIsGoneAfterCuttingOffARequest() throws IOException {
    makeFile(served.resolve("endless.bin"), 8192 * MIB);
    try (TmuxTerminal terminal = ferry(url())) {
      terminal.awaitLine(prompt());
      long asked = proxy.asked();
      terminal.type("sum endless.bin").press("Enter");
      terminal.awaitScreen(_ -> assertThat(proxy.asked()).isGreaterThan(asked));
      terminal.press("C-c").awaitText("connects again").awaitLine(prompt());
      terminal.type("ls").press("Enter").awaitText("\nendless.bin\n");
    }
  }

  private void startEndlessGet(TmuxTerminal terminal) throws IOException {
    makeFile(served.resolve("endless.bin"), 8192 * MIB);
    terminal.awaitLine(prompt()).type("get endless.bin").press("Enter");
  }

  private void abortAndGoOn(TmuxTerminal terminal) throws IOException {
    int connections = proxy.connections();
    terminal.press("C-c");
    proxy.letGo();
    terminal.awaitText("interrupted").awaitLine(prompt());
    terminal.type("pwd").press("Enter").awaitText("\n/\n").awaitLine(prompt());
    assertThat(terminal.screen()).doesNotContain("connects again");
    assertThat(proxy.connections()).isEqualTo(connections);
    assertThat(local.resolve("endless.bin")).doesNotExist();
  }

  private String prompt() {
    return "ferry 127.0.0.1:" + proxy.port() + ":/>";
  }

  private TmuxTerminal ferry(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of("--plaintext"));
    words.addAll(List.of(arguments));
    return TmuxTerminal.ferry(local, List.of(), words.toArray(String[]::new));
  }

  private String url() {
    return "ferry://127.0.0.1:" + proxy.port() + "/";
  }

  /** A file without content, which takes no room. */
  private static void makeFile(Path path, long size) throws IOException {
    Files.createDirectories(path.getParent());
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    }
  }
}

package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.KnownAccounts;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person at a terminal is asked about a server, and what not. */
class FirstContactTest {
  private static final String QUESTION = "(yes/no)?";

  @TempDir private Path served;
  @TempDir private Path local;

  @BeforeAll
  static void needsTmux() {
    TmuxTerminal.assumeTmux();
  }

  private FerryServer serve(Endpoint endpoint) throws IOException {
    return FerryServer.serving(served)
        .listen(endpoint)
        .anonymous(Role.READER)
        .drain(Duration.ZERO)
        .start();
  }

  private TmuxTerminal ferry(FerryServer server, String... options) throws IOException {
    String[] words = new String[options.length + 2];
    words[0] = "stat";
    System.arraycopy(options, 0, words, 1, options.length);
    words[words.length - 1] = "ferry://" + server.endpoint() + "/";
    return TmuxTerminal.ferry(local, List.of(), words);
  }

  @Test
  void theServerIsAskedAboutBeforeThePassword() throws IOException {
    KnownAccounts accounts = new KnownAccounts();
    accounts.add("alice", Role.READER, "/");
    try (FerryServer server =
        FerryServer.serving(served).accounts(accounts).drain(Duration.ZERO).start()) {
      String url = "ferry://alice@127.0.0.1:" + server.port() + "/";
      try (TmuxTerminal terminal = TmuxTerminal.ferry(local, List.of(), "stat", url)) {
        terminal.awaitText(QUESTION);
        assertThat(terminal.screen()).doesNotContain("Password");
        terminal.type("yes").press("Enter").awaitText("Password for alice@");
        terminal.press("-l", KnownAccounts.PASSWORD).press("Enter").awaitText("left with 0");
        assertThat(terminal.screen()).containsOnlyOnce(QUESTION).containsOnlyOnce("Password");
        assertThat(pins()).exists();
      }
    }
  }

  @Test
  void whoDoesNotTrustTheServerIsNotAskedAgain() throws IOException {
    KnownAccounts accounts = new KnownAccounts();
    accounts.add("alice", Role.READER, "/");
    try (FerryServer server =
        FerryServer.serving(served).accounts(accounts).drain(Duration.ZERO).start()) {
      String url = "ferry://alice@127.0.0.1:" + server.port() + "/";
      for (List<String> words : List.of(List.of(url), List.of("ls", url))) {
        for (String no : List.of("n o Enter", "C-d")) {
          String[] arguments = words.toArray(String[]::new);
          try (TmuxTerminal terminal = TmuxTerminal.ferry(local, List.of(), arguments)) {
            terminal.awaitText(QUESTION).press(no.split(" ")).awaitText("left with 4");
            assertThat(terminal.screen()).containsOnlyOnce(QUESTION);
            assertThat(pins()).doesNotExist();
          }
        }
      }
    }
  }

  private Path pins() {
    return local.resolve(".config/known_servers");
  }

  @Test
  void unknownServerIsShownAndAskedAboutAndAChangedOneIsNot() throws IOException {
    Endpoint endpoint;
    try (FerryServer server = serve(new Endpoint.Tcp("127.0.0.1", 0))) {
      endpoint = server.endpoint();
      try (TmuxTerminal terminal = ferry(server)) {
        terminal.awaitText(QUESTION).type("no").press("Enter").awaitText("left with 4");
        assertThat(terminal.screen()).contains(server.fingerprint().text());
        assertThat(pins()).doesNotExist();
      }
      try (TmuxTerminal terminal = ferry(server)) {
        terminal.awaitText(QUESTION).type("yes").press("Enter").awaitText("left with 0");
        assertThat(pins()).hasContent(endpoint + " " + server.fingerprint());
      }
      try (TmuxTerminal terminal = ferry(server)) {
        assertThat(terminal.awaitText("left with 0").screen()).doesNotContain(QUESTION);
      }
    }
    String before = Files.readString(pins());
    try (FerryServer other = serve(endpoint)) {
      for (String[] options : new String[][] {{}, {"--accept-new"}}) {
        try (TmuxTerminal terminal = ferry(other, options)) {
          assertThat(terminal.awaitText("left with 4").screen())
              .contains("has changed its identity", "remove that line")
              .doesNotContain(QUESTION);
        }
      }
      assertThat(pins()).hasContent(before);
      try (TmuxTerminal terminal = ferry(other, "--fingerprint", other.fingerprint().text())) {
        assertThat(terminal.awaitText("left with 0").screen()).doesNotContain(QUESTION);
      }
      try (TmuxTerminal terminal = ferry(other, "--fingerprint", "SHA256:" + "A".repeat(43))) {
        assertThat(terminal.awaitText("left with 4").screen()).doesNotContain(QUESTION);
      }
    }
  }
}

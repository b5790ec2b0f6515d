package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.CHECKSUM;
import static dev.ferry.protocol.FrameType.GET;
import static dev.ferry.protocol.FrameType.LIST;
import static dev.ferry.protocol.FrameType.STAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.FrameType;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell against a server that lies each time: it says so, and goes on. */
class LiarsInTheShellTest {
  private static final Frame FOLDER =
      new Frame.Attributes(new FileAttributes(Kind.FOLDER, 0, 0, 0755));

  @TempDir private Path temp;

  @Test
  void theShellOutlivesThem() throws Exception {
    Path work = Files.createDirectory(temp.resolve("work"));
    try (ScriptedPeer server =
            ScriptedPeer.listening(
                greeted(LIST).send(new Frame.Ok(1)).untilEnd(),
                greeted(CHECKSUM).bytes(new byte[64]).untilEnd(),
                Script.begin().bytes(new byte[64]).untilEnd(),
                greeted(GET).send(LiesInGets.file(0, 5, "other")).untilEnd(),
                greeted(STAT).send(FOLDER).untilEnd());
        PseudoTerminal terminal =
            PseudoTerminal.ferry(work, temp.resolve("config"), "--plaintext")) {
      terminal.await(output -> output.contains("> "));
      String url = url(server);
      ask(terminal, "ls " + url, "broke the protocol");
      ask(terminal, "sum " + url + "a", "a Ferry server");
      ask(terminal, "stat " + url + "a", "a Ferry server");
      ask(terminal, "get -P 1 " + url + "a", "was not asked for");
      ask(terminal, "stat " + url + "a", "kind      folder");
      assertThat(terminal.press("quit\r").exit()).isZero();
      server.finish();
      assertThat(terminal.output()).doesNotContain("Exception");
      try (Stream<Path> left = Files.list(work)) {
        assertThat(left).filteredOn(file -> !file.endsWith(".ferry-staging")).isEmpty();
      }
    }
  }

  private static Script greeted(FrameType request) {
    return Script.begin().greetAsServer().expect(request);
  }

  private static void ask(PseudoTerminal terminal, String line, String answer) throws IOException {
    int before = terminal.output().length();
    terminal.press(line + "\r");
    terminal.await(
        output -> {
          int answered = output.indexOf(answer, before);
          return answered >= 0 && output.indexOf("> ", answered) >= 0;
        });
  }

  private static String url(ScriptedPeer server) {
    return "ferry://127.0.0.1:" + ((Endpoint.Tcp) server.endpoint()).port() + "/";
  }
}

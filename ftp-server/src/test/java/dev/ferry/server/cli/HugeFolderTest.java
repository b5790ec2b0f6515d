package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server in a heap of 64 MiB lists one folder of many files. {@code -Dferry.names=N} says
 * how many; from about a million on their names alone would not fit.
 */
class HugeFolderTest {
  private static final int NAMES = Integer.getInteger("ferry.names", 10_000);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path root;
  @TempDir Path state;
  @TempDir Path logs;

  @Test
  @Timeout(600)
  void memoryDoesNotGrowWithTheNames() throws IOException {
    for (int i = 0; i < NAMES; i++) {
      Files.createFile(root.resolve("a file whose name is neither short nor long " + i));
    }
    Path err = logs.resolve("err");
    String heap = "export JAVA_TOOL_OPTIONS=-Xmx64m";
    try (FerrydProcess ferryd =
            FerrydProcess.serve(err, heap, root, state, "--plaintext", "--anonymous=read");
        Link link = new Link(ferryd.awaitReady().connect(LONG), "server", LinkTimes.STANDARD)) {
      Visitor.greet(link, Visitor.ANYBODY);
      link.sendNow(new Frame.ListFolder(false, false, false, List.of()));
      long count = 0;
      Frame frame = link.read();
      while (frame instanceof Frame.Items items) {
        count += items.items().size();
        frame = link.read();
      }
      assertThat(frame).isEqualTo(new Frame.ListEnd(NAMES, 0));
      assertThat(count).isEqualTo(NAMES);
      System.out.printf("%d names: peak %d MiB%n", NAMES, ferryd.peakKib() >> 10);
    }
  }
}

package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server whose machine's clock is set by ten years, forth and back (libfaketime). */
class ClockJumpTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path root;
  @TempDir Path state;
  @TempDir Path folder;

  /** libfaketime for programs of many threads, wherever the system has it. */
  private static Optional<Path> library() throws IOException {
    PathMatcher wanted =
        FileSystems.getDefault().getPathMatcher("glob:/usr/lib/*/faketime/libfaketimeMT.so.1");
    try (Stream<Path> all = Files.find(Path.of("/usr/lib"), 3, (path, _) -> wanted.matches(path))) {
      return all.findFirst();
    }
  }

  @Test
  void noTimerComesEarlierOrLater() throws IOException {
    Path library = library().orElse(null);
    assumeTrue(library != null, "libfaketime is missing");
    Path clock = Files.writeString(folder.resolve("clock"), "+0");
    String fake =
        "export FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1 FAKETIME_TIMESTAMP_FILE=%s"
                .formatted(clock)
            + " LD_PRELOAD="
            + library;
    Path err = folder.resolve("err");
    try (FerrydProcess ferryd =
        FerrydProcess.serve(err, fake, root, state, "--plaintext", "--anonymous=read")) {
      Endpoint there = ferryd.awaitReady();
      try (Link idle = login(there);
          SocketChannel silent = there.connect(LONG)) {
        long began = System.nanoTime();
        for (String jump : List.of("+10y", "-10y", "+0")) {
          Files.writeString(clock, jump);
          Visitor.ping(idle);
          try (Link fresh = login(there)) {
            Visitor.ping(fresh);
          }
        }
        Files.writeString(clock, "-10y");
        while (silent.read(ByteBuffer.allocate(64)) >= 0) {
          // Its last words.
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
        Visitor.ping(idle);
      }
      List<String> years =
          ferryd.errors().stream().map(line -> line.substring(5, 9)).distinct().toList();
      assertThat(years).as("the clock did jump").hasSizeGreaterThanOrEqualTo(3);
    }
  }

  private static Link login(Endpoint there) throws IOException {
    Link link = new Link(there.connect(LONG), "server", LinkTimes.STANDARD);
    Visitor.greet(link, Visitor.ANYBODY);
    return link;
  }
}

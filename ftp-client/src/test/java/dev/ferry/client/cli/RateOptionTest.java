package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --limit-rate} of get, put and cat. */
class RateOptionTest {
  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"20000, 20000", "16K, 16384", "500k, 512000", "2.5M, 2621440", "1G, 1073741824"})
  void ratesAreBytesOrUnitsOf1024(String text, long rate) {
    assertThat(new RateOption.Rate().convert(text)).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "15K", "fast", "-1M", "1T", "1e6", "", "1 M"})
  void otherRatesAreRefused(String text) {
    Result result = Program.in(folder).run("cat", "--limit-rate", text, "ferry://127.0.0.1:1/a");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("'" + text + "' is");
  }

  @Test
  void transfersTakeTheirTime() throws Exception {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    try (Served served = Served.at(folder.resolve("served"))) {
      Files.write(served.path("a"), content);
      assertThat(timed("get", "--limit-rate", "2M", served.url("/a"), "b")).isEqualTo(ExitCode.OK);
      assertThat(timed("put", "--limit-rate", "2M", "b", served.url("/c"))).isEqualTo(ExitCode.OK);
      assertThat(timed("cat", "--limit-rate", "2M", served.url("/c"))).isEqualTo(ExitCode.OK);
      assertThat(served.path("c")).hasBinaryContent(content);
    }
  }

  /** Fails unless it takes half a second, of which a chunk and what was saved up may be missing. */
  private ExitCode timed(String command, String... words) {
    long start = System.nanoTime();
    ExitCode code = Program.in(folder).plain(List.of(command), words).code();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(250), Duration.ofSeconds(20));
    return code;
  }
}

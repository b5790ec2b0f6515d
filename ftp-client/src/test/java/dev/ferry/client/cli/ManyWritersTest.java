package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixteen writers to one name. */
class ManyWritersTest {
  private static final int WRITERS = 16;
  private static final int SIZE = 3 << 20;

  @TempDir private Path folder;
  private final List<Path> sources = new ArrayList<>();
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < WRITERS; i++) {
      new Random(i).nextBytes(bytes);
      Path own = Files.createDirectory(folder.resolve("writer" + i));
      sources.add(Files.write(own.resolve("name"), bytes));
    }
  }

  @AfterEach
  void stop() {
    served.close();
  }

  /** Runs all at once. */
  private List<Result> together(List<Callable<Result>> writers) throws Exception {
    List<Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (Future<Result> each : threads.invokeAll(writers)) {
        results.add(each.get());
      }
    }
    return results;
  }

  private Callable<Result> put(Path source, String... options) {
    List<String> words = new ArrayList<>(List.of("put", "--plaintext", "--json"));
    words.addAll(Arrays.asList(options));
    words.addAll(List.of(source.toString(), served.url("/")));
    return () -> Program.in(folder).run(words.toArray(String[]::new));
  }

  private void assertOneIsThere() throws IOException {
    byte[] there = Files.readAllBytes(served.path("name"));
    int right = 0;
    for (Path source : sources) {
      right += Arrays.equals(there, Files.readAllBytes(source)) ? 1 : 0;
    }
    assertThat(right).isEqualTo(1);
    served.close();
    assertThat(served.path(".ferry-staging")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "always"})
  void leaveExactlyOneOfTheContents(String overwrite) throws Exception {
    List<Result> results =
        together(sources.stream().map(source -> put(source, "--overwrite", overwrite)).toList());
    int done = 0;
    for (Result result : results) {
      if (result.code() == ExitCode.OK) {
        done++;
      } else {
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.out()).contains("\"code\":\"EXISTS\"");
      }
    }
    assertThat(done).isEqualTo(overwrite.equals("never") ? 1 : WRITERS);
    assertOneIsThere();
  }

  @Test
  void ofOneSourceDoNotHangAndLeaveItWhole() throws Exception {
    Callable<Result> same = put(sources.getFirst());
    List<Result> results = together(Collections.nCopies(WRITERS, same));
    assertThat(results).anyMatch(result -> result.code() == ExitCode.OK);
    for (Result result : results) {
      if (result.code() != ExitCode.OK) {
        assertThat(result.err()).contains("a later transfer of the same file has taken this");
      }
    }
    assertOneIsThere();
  }
}

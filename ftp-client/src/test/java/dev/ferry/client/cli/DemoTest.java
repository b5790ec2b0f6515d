package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder;

  @Test
  void showsListGetAndPutAndCleansUp() throws IOException {
    List<Path> before = temporaries();

    Result result = Program.in(folder).run("demo");
    assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .contains("$ ferry ls -l", "$ ferry get -r", "$ ferry put", "all came as they were sent");
    assertThat(result.err()).contains("32.0 MiB in ", "/s), all verified");
    assertThat(temporaries()).isEqualTo(before);
    assertThat(folder).isEmptyDirectory();
  }

  private static List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("ferry-demo-"))
          .sorted()
          .toList();
    }
  }
}

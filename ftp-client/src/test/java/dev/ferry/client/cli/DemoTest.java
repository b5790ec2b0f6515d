package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir private Path folder;

  @Test
  void showsListGetAndPutAndCleansUp() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Processes.run(folder, "chmod", "1777", "temporary");
    Object before = Files.getAttribute(temporary, "unix:mode");
    List<String> words = Processes.command("demo");
    words.add(1, "-Djava.io.tmpdir=" + temporary);
    Process process =
        new ProcessBuilder(words)
            .directory(temporary.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();

    assertThat(Processes.exit(process)).isZero();
    assertThat(folder.resolve("out"))
        .content()
        .contains("$ ferry ls -l", "$ ferry get -r", "$ ferry put", "all came as they were sent");
    assertThat(folder.resolve("err")).content().contains("32.0 MiB in ", "/s), all verified");
    assertThat(temporary).isEmptyDirectory();
    assertThat(Files.getAttribute(temporary, "unix:mode")).isEqualTo(before);
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --checksum} in both directions. */
class ChecksumOptionTest {
  private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);

  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    Files.setLastModifiedTime(served.write("data", "there"), TIME);
    Files.setLastModifiedTime(Files.writeString(local.resolve("data"), "here!"), TIME);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private Result ferry(String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command, "--plaintext"));
    words.addAll(List.of(options));
    words.addAll(
        command.equals("get")
            ? List.of(served.url("/data"), ".")
            : List.of("data", served.url("/")));
    return Program.in(local).run(words.toArray(String[]::new));
  }

  @Test
  void equalSizeAndTimeAreEnoughWithoutIt() {
    assertThat(ferry("get", "--overwrite", "always").err()).contains("1 unchanged");
    assertThat(ferry("put", "--overwrite", "always").err()).contains("1 unchanged");
    assertThat(served.path("data")).hasContent("there");
    assertThat(local.resolve("data")).hasContent("here!");
  }

  @Test
  void getReplacesADifferentContentOfEqualSizeAndTime() {
    assertThat(ferry("get", "--checksum").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(local.resolve("data")).hasContent("here!");
    assertThat(ferry("get", "--checksum", "--overwrite", "always").code()).isEqualTo(ExitCode.OK);
    assertThat(local.resolve("data")).hasContent("there");
    assertThat(ferry("get", "--checksum", "--overwrite", "always").err()).contains("1 unchanged");
  }

  @Test
  void putReplacesADifferentContentOfEqualSizeAndTime() {
    assertThat(ferry("put", "--checksum").code()).isEqualTo(ExitCode.REFUSED);
    assertThat(served.path("data")).hasContent("there");
    assertThat(ferry("put", "--checksum", "--overwrite", "always").code()).isEqualTo(ExitCode.OK);
    assertThat(served.path("data")).hasContent("here!");
    assertThat(ferry("put", "--checksum", "--overwrite", "always").err()).contains("1 unchanged");
  }
}

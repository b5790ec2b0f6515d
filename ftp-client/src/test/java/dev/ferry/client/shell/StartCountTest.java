package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartCountTest {
  @TempDir private Path folder;

  @Test
  void countsFromOneStartToTheNext() {
    Path file = folder.resolve("starts");
    assertThat(StartCount.next(file)).isEqualTo(1);
    assertThat(StartCount.next(file)).isEqualTo(2);
    assertThat(StartCount.next(file)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "99999999999999999999999999", "-7"})
  void beginsAnewWhereTheFileMakesNoSense(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("starts"), content);
    assertThat(StartCount.next(file)).isEqualTo(1);
    assertThat(StartCount.next(file)).isEqualTo(2);
  }

  @Test
  void readsNoFileThatIsTooLargeForACount() throws IOException {
    Path file = folder.resolve("starts");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3L << 30);
    }
    assertThat(StartCount.next(file)).isEqualTo(1);
  }

  @Test
  void bothersNobodyWhereNothingCanBeKept() {
    assertThat(StartCount.next(folder.resolve("missing/starts"))).isEqualTo(1);
  }
}

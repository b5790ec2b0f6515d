package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1048524, 1023.9 KiB",
    "1048575, 1.0 MiB",
    "3565158, 3.4 MiB",
    "9223372036854775807, 8.0 EiB",
  })
  void sizesArePowersOfTwo(long bytes, String text) {
    assertThat(Words.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0", "999|999", "1000|1,000", "123456|123,456", "1234567|1,234,567"})
  void digitsStandInGroupsOfThree(long number, String text) {
    assertThat(Words.grouped(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.84, 0.8 s", "59.9, 59.9 s", "125, 2 min 5 s", "12000, 3 h 20 min"})
  void durationsAreShort(double seconds, String text) {
    assertThat(Words.duration((long) (seconds * 1e9))).isEqualTo(text);
  }

  @Test
  void speedOfNoTimeIsNoDivisionByZero() {
    assertThat(Words.speed(1 << 20, Duration.ofSeconds(2).toNanos())).isEqualTo("512.0 KiB/s");
    assertThat(Words.speed(1, 0)).endsWith("/s");
  }

  @ParameterizedTest
  @CsvSource({"0755, rwxr-xr-x", "0640, rw-r-----", "0, ---------"})
  void modesAreNineLetters(String mode, String text) {
    assertThat(Words.mode(Integer.parseInt(mode, 8))).isEqualTo(text);
  }
}

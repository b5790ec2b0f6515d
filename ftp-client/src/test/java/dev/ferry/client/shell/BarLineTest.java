package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Width;
import dev.ferry.client.shell.JobMeter.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarLineTest {
  private static final Reading HALF =
      new Reading(
          500 << 20, 500 << 20, 1000 << 20, 5, 10, "/harbours/Rotterdam.txt", "the other side", 0);

  @Test
  void showsShareBytesSpeedTimeLeftFilesAndTheNameOnTheWay() {
    assertThat(BarLine.of(HALF, 100 << 20, 140))
        .isEqualTo(
            "[===============>              ]  50%   500.0 MiB of 1000.0 MiB   100.0 MiB/s"
                + "   0:05 left   5/10 files  /harbours/Rotterdam.txt");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 33, 40, 60, 79, 80, 99, 100, 119, 120, 200})
  void fillsNoMoreThanItsWidth(int width) {
    Reading wide = withName("/港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港港");
    assertThat(Width.of(BarLine.of(wide, 123_456_789, width))).isLessThanOrEqualTo(width);
  }

  @Test
  void keepsTheShareWhenThereIsRoomForNothingElse() {
    assertThat(BarLine.of(HALF, 100e6, 10)).isEqualTo(" 50%");
  }

  @Test
  void keepsItsColumnsWhileFiguresChange() {
    String early = BarLine.of(reading(999, 1, 0), 12_000_000, 120);
    String late = BarLine.of(reading(999_000_000, 10, 0), 123_000_000, 120);
    assertThat(early.indexOf(" of ")).isEqualTo(late.indexOf(" of "));
    assertThat(early.indexOf("/s")).isEqualTo(late.indexOf("/s"));
    assertThat(early.indexOf("left")).isEqualTo(late.indexOf("left"));
    assertThat(early.indexOf("/10")).isEqualTo(late.indexOf("/10"));
  }

  @Test
  void claimsNoShareAndNoTimeLeftWhileTheTotalIsUnknown() {
    Reading unknown = new Reading(1000, 1000, -1, 3, -1, "/a", "the other side", 0);
    assertThat(BarLine.of(unknown, 500, 100)).isEqualTo("    1000 B       500 B/s  3 files  /a");
  }

  @Test
  void saysWhatIsAwaitedAfterTwoSecondsWithoutProgress() {
    assertThat(BarLine.of(reading(500, 5, 1_999_999_999L), 100, 100)).doesNotContain("waiting");
    assertThat(BarLine.of(reading(500, 5, 2_500_000_000L), 100, 100))
        .contains("waiting for the other side, 2 s")
        .doesNotContain("left");
  }

  @Test
  void guessesNoTimeLeftFromNothing() {
    assertThat(BarLine.of(HALF, 0, 120)).doesNotContain("left");
    assertThat(BarLine.of(HALF, 1, 120)).contains("days left");
    assertThat(BarLine.of(HALF, 100 << 10, 120)).contains("1:25:20 left");
  }

  @Test
  void isFullWhenThereIsNothingToMove() {
    Reading empty = new Reading(0, 0, 0, 1, 1, "/empty", "the other side", 0);
    assertThat(BarLine.of(empty, 0, 80)).startsWith("[==========] 100%");
  }

  @Test
  void lettingNoForeignControlCharacterThrough() {
    assertThat(BarLine.of(withName("/a\u001b[31m\u009b1m\u202ed"), 1, 160))
        .contains("/a\\e[31m\\u{9b}1m\\u{202e}d")
        .matches("\\P{Cntrl}*");
  }

  private static Reading withName(String name) {
    return new Reading(5, 5, 10, 1, 10, name, "the other side", 0);
  }

  private static Reading reading(long settled, long files, long quietNanos) {
    return new Reading(
        settled, settled, 1_000_000_000, files, 10, "/a", "the other side", quietNanos);
  }
}

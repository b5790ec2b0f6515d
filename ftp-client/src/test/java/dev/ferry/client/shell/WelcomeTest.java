package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WelcomeTest {
  private static final Welcome.Place PLACE =
      new Welcome.Place("harbour:9021", "writer", "/tides\u001b[2J");
  private static final Welcome.Names NAMES =
      new Welcome.Names("harbours", "big.bin", "README.md", "'my notes.txt'");

  @Test
  void saysInTwelveLinesWhereOneIsAndWhatToTry() {
    assertThat(Welcome.lines(PLACE, NAMES, true))
        .hasSizeLessThanOrEqualTo(12)
        .first(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("harbour:9021", "writer", "/tides\\e[2J");
    assertThat(String.join("\n", Welcome.lines(PLACE, NAMES, true)))
        .contains("ls", "cd harbours", "get big.bin", "put 'my notes.txt'", "cat README.md")
        .contains("mkdir", "help");
  }

  @Test
  void showsAReaderOnlyWhatAReaderMayDo() {
    assertThat(String.join("\n", Welcome.lines(PLACE, NAMES, false)))
        .contains("get big.bin", "stat big.bin", "sum big.bin")
        .doesNotContain("put ", "mkdir");
  }

  @Test
  void hasExamplesWhereNothingIsThere() {
    List<String> lines = Welcome.lines(PLACE, new Welcome.Names(null, null, null, null), true);
    assertThat(String.join("\n", lines)).contains("get FILE", "cd FOLDER").doesNotContain("null");
  }

  @Test
  void saysThatNoServerIsOpenAndHowToOpenOne() {
    assertThat(Welcome.unconnected()).hasSizeLessThanOrEqualTo(12);
    assertThat(String.join("\n", Welcome.unconnected())).contains("Not connected", "open ferry://");
    assertThat(Welcome.brief(null)).contains("Not connected", "help");
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"gte, get", "lss, ls", "mkdri, mkdir", "stats, stat", "puts, put", "remove, mv"})
  void suggestsWhatIsNear(String typed, String meant) {
    assertThat(Nearest.unknown(typed, Commands.NAMES))
        .contains(typed.equals("remove") ? "lists the commands" : "did you mean '" + meant + "'?");
  }

  @Test
  void showsControlCharactersAsText() {
    assertThat(Nearest.unknown("\u001b[2J", Commands.NAMES))
        .contains("\\e[2J")
        .doesNotContain("\u001b");
  }
}

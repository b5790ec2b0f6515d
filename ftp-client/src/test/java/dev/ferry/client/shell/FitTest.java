package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  @ParameterizedTest
  @CsvSource({
    "harbour, 7, harbour",
    "harbour, 6, harbo…",
    "洋山港, 6, 洋山港",
    "洋山港, 5, 洋山…",
    "洋山港, 4, 洋…",
    "🛟🛟, 3, 🛟…",
    "harbour, 1, …",
    "harbour, 0, ''",
  })
  void cutsAtTheLastCharacterThatFitsWhole(String text, int cells, String cut) {
    assertThat(Fit.clip(text, cells)).isEqualTo(cut);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/harbour, 10, /a/harbour",
    "/a/harbour, 8, …harbour",
    "/a/洋山港, 6, …山港",
    "/a/洋山港, 7, …洋山港",
  })
  void cutsTheBeginning(String text, int cells, String cut) {
    assertThat(Fit.clipStart(text, cells)).isEqualTo(cut);
  }

  @Test
  void keepsAnAccentWithItsLetter() {
    assertThat(Fit.clip("e\u0301e\u0301e\u0301", 2)).isEqualTo("e\u0301…");
  }

  @Test
  void fillsByCellsAndNotByCharacters() {
    assertThat(Fit.padRight("港", 4)).isEqualTo("港  ");
    assertThat(Fit.padLeft("港", 4)).isEqualTo("  港");
    assertThat(Fit.padLeft("harbour", 4)).isEqualTo("harbour");
  }
}

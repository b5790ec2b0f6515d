package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidthTest {

  @ParameterizedTest
  @CsvSource({
    "plain, 5",
    "Café, 4",
    "'Cafe\u0301', 4",
    "上海, 4",
    "ｆｕｌｌ, 8",
    "한국, 4",
    "かな, 4",
    "🛟 x, 4",
    "'\u26f4\ufe0f', 2",
    "👍🏽, 2",
    "🇩🇪, 2",
    "Ελλάδα, 6",
  })
  void countsColumns(String text, int columns) {
    assertThat(Width.of(text)).isEqualTo(columns);
  }
}

package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleHighlighterTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "cat drawer\\ 1/洋山港.txt, cat drawer\\ 1/洋山港.txt",
        "Cafe\u0301 🛟 ⛴\uFE0F, Cafe\u0301 🛟 ⛴\uFE0F",
        "a\u001b[31mb\u009bc, a�[31mb�c",
        "a\u202eb\u200bc, a�b�c",
      })
  void showsWhatIsTypedAndMarksWhatCannotBeShown(String line, String shown) {
    assertThat(new VisibleHighlighter().highlight(null, line).toString()).isEqualTo(shown);
  }
}

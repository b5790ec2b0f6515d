package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain name.txt",
        "quo'te \"double\"",
        "报告 2026.csv",
        "e\u0301te\u0301 \u1e0b\u0323",
        "שלום عالم",
        "हिन्दी",
        "全角\u3000空白",
        "🚢👍🏽",
        "\u2764\ufe0f",
        "€ ½ ∑ 😀",
      })
  void ordinaryTextStaysAsItIs(String text) {
    assertThat(Printable.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, \\u{0}",
    "1b, \\e",
    "7, \\a",
    "8, \\b",
    "9, \\t",
    "a, \\n",
    "b, \\v",
    "c, \\f",
    "d, \\r",
    "7f, \\u{7f}",
    "85, \\u{85}",
    "9b, \\u{9b}",
    "a0, \\u{a0}",
    "ad, \\u{ad}",
    "34f, \\u{34f}",
    "61c, \\u{61c}",
    "115f, \\u{115f}",
    "180b, \\u{180b}",
    "180e, \\u{180e}",
    "2003, \\u{2003}",
    "200b, \\u{200b}",
    "200c, \\u{200c}",
    "200d, \\u{200d}",
    "200e, \\u{200e}",
    "200f, \\u{200f}",
    "2028, \\u{2028}",
    "2029, \\u{2029}",
    "202a, \\u{202a}",
    "202e, \\u{202e}",
    "2060, \\u{2060}",
    "2066, \\u{2066}",
    "2069, \\u{2069}",
    "2800, \\u{2800}",
    "3164, \\u{3164}",
    "d800, \\u{d800}",
    "dfff, \\u{dfff}",
    "e000, \\u{e000}",
    "fe00, \\u{fe00}",
    "fe0f, \\u{fe0f}",
    "feff, \\u{feff}",
    "ffa0, \\u{ffa0}",
    "fff9, \\u{fff9}",
    "ffff, \\u{ffff}",
    "e0001, \\u{e0001}",
    "e0041, \\u{e0041}",
    "e0100, \\u{e0100}",
    "f0000, \\u{f0000}",
    "10ffff, \\u{10ffff}",
  })
  void whatHidesOrMovesIsEscaped(String hex, String expected) {
    String hidden = Character.toString(Integer.parseInt(hex, 16));
    assertThat(Printable.text("a" + hidden + "b")).isEqualTo("a" + expected + "b");
  }

  @Test
  void noControlOrFormatCharacterOfUnicodeGetsThrough() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String printed = Printable.text(Character.toString(c));
      String json = Printable.json(Character.toString(c));
      assertThat(printed + json).as("U+%04X", c).matches("[^\\p{C}\\p{Zl}\\p{Zp}]*");
    }
  }

  @Test
  void aBackslashIsDoubledSoThatNoTextImitatesAnEscape() {
    assertThat(Printable.text("a\\nb")).isEqualTo("a\\\\nb");
    assertThat(Printable.text("a\nb")).isEqualTo("a\\nb");
  }

  @Test
  void aJoinedEmojiIsShownAsItsMembers() {
    assertThat(Printable.text("👨\u200d👩")).isEqualTo("👨\\u{200d}👩");
  }

  @Test
  void aVariationSelectorStaysOnlyWhereItMakesAnEmoji() {
    assertThat(Printable.text("👍\ufe0f1\ufe0f")).isEqualTo("👍\\u{fe0f}1\\u{fe0f}");
  }

  @Test
  void aMarkWithNothingToStandOnIsEscaped() {
    assertThat(Printable.text("\u0301a")).isEqualTo("\\u{301}a");
    assertThat(Printable.text("a\n\u0301")).isEqualTo("a\\n\\u{301}");
    assertThat(Printable.text("\\\u0301")).isEqualTo("\\\\\\u{301}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "bare, bare",
        "``, \"\"",
        "two words, \"two words\"",
        "a=b, \"a=b\"",
        "报告, 报告",
        "say \"x\", \"say \\\"x\\\"\"",
        "\"\", \"\\\"\\\"\"",
        "a\\b, \"a\\\\b\"",
      })
  void aLogValueIsBareOrQuoted(String value, String expected) {
    assertThat(Printable.quoted(value)).isEqualTo(expected);
  }

  @Test
  void aLogValueCannotStartALineOrAnotherField() {
    assertThat(Printable.quoted("x\" y=1\nlevel=info")).isEqualTo("\"x\\\" y=1\\nlevel=info\"");
  }

  @Test
  void jsonEscapesWhatIsHiddenAndKeepsTheRest() {
    assertThat(Printable.json("a\"b\\c\n\u202e\u007f报😀\ud800\udb40\udc41"))
        .isEqualTo("\"a\\\"b\\\\c\\u000a\\u202e\\u007f报😀\\ud800\\udb40\\udc41\"");
  }
}

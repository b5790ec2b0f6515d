package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.client.cli.ShellWords.Word;
import dev.ferry.protocol.Glob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "get a b             | get,a,b",
        "`  get\ta  `        | get,a",
        "get 'two words'     | get,two words",
        "get \"two words\"   | get,two words",
        "get two\\ words     | get,two words",
        "get it\\'s          | get,it's",
        "get \"it's\"        | get,it's",
        "get \"a\\\"b\\\\c\" | get,a\"b\\\\c",
        "get 'a\"b'          | get,a\"b",
        "get a'b c'd         | get,ab cd",
        "get *.txt           | get,*.txt",
        "get '*.txt'         | get,\\*.txt",
        "get \\*.txt         | get,\\*.txt",
        "get '[a]?\\'        | get,\\[a\\]\\?\\\\",
        "get $HOME !x ~       | get,$HOME,!x,~",
        "get a#b             | get,a#b",
        "get a # b           | get,a",
        "# all of it         | ``",
        "get '#' \\#         | get,#,#",
        "get 上海 'Café 🛟'    | get,上海,Café 🛟",
        "get a\\             | get,a\\\\",
      })
  void fallsIntoWords(String line, String words) throws Exception {
    assertThat(String.join(",", texts(line))).isEqualTo(words);
  }

  @Test
  void keepsEmptyWordsThatAreQuoted() throws Exception {
    assertThat(texts("get '' \"\"")).containsExactly("get", "", "");
  }

  @Test
  void saysWhereWordsStand() throws Exception {
    assertThat(ShellWords.split(" get 'a b'"))
        .containsExactly(new Word("get", 1, 4), new Word("a b", 5, 10));
  }

  @Test
  void refusesAQuoteLeftOpenUnlessTheLineIsStillTyped() {
    assertThatThrownBy(() -> ShellWords.split("get 'a b"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'");
    assertThat(ShellWords.splitUnfinished("get 'a b")).last().isEqualTo(new Word("a b", 4, 8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "two words",
        "it's",
        "a\"b",
        "it's \"both\"",
        "a\\b",
        "*",
        "[x]?",
        "#",
        "!run",
        "$HOME",
        "",
        "上海",
        "tab\there",
        "a\\\"b",
        "-r",
        "'",
        "\\'\"",
        "\u3000"
      })
  void readsBackWhatItQuoted(String name) throws Exception {
    List<Word> words = ShellWords.split("get " + ShellWords.quote(name));

    assertThat(words).hasSize(2);
    assertThat(Glob.isPattern(words.get(1).text())).isFalse();
    assertThat(Glob.unescape(words.get(1).text())).isEqualTo(name);
  }

  private static List<String> texts(String line) throws UsageException {
    return ShellWords.split(line).stream().map(Word::text).toList();
  }
}

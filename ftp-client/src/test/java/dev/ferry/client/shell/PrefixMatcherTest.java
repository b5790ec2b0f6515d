package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;

class PrefixMatcherTest {
  private final PrefixMatcher matcher = new PrefixMatcher();

  @Test
  void keepsWhatBeginsWithTheWord() {
    assertThat(matches("get 洋", "洋山港.txt", "洋", "海洋")).containsExactly("洋山港.txt", "洋");
    assertThat(matcher.getCommonPrefix()).isEqualTo("洋");
  }

  @Test
  void asksNotForCapitalsIfNothingFitsExactly() {
    assertThat(matches("get r", "README.md", "Rotterdam"))
        .containsExactly("README.md", "Rotterdam");
    assertThat(matches("get r", "README.md", "rest")).containsExactly("rest");
  }

  @Test
  void asksNotHowAnAccentIsEncodedIfNothingFitsExactly() {
    assertThat(matches("get caf\u00e9", "Cafe\u0301 du Port.txt"))
        .containsExactly("Cafe\u0301 du Port.txt");
  }

  @Test
  void findsTheCommonBeginningInWholeCharacters() {
    matches("get ", "🛟 man overboard", "🛠 tools");
    assertThat(matcher.getCommonPrefix()).isEmpty();
  }

  @Test
  void takesEscapeSequencesInNamesForWhatTheyAre() {
    assertThat(matches("get a", "a\u001b[31mb")).containsExactly("a\u001b[31mb");
    assertThat(matcher.getCommonPrefix()).isEqualTo("a\u001b[31mb");
  }

  @Test
  void matchesNothingWithoutCandidates() {
    assertThat(matches("get x")).isEmpty();
    assertThat(matcher.getCommonPrefix()).isEmpty();
  }

  private List<String> matches(String line, String... candidates) {
    matcher.compile(Map.of(), false, LineParser.typed(line), false, 0, null);
    return matcher.matches(Stream.of(candidates).map(Candidate::new).toList()).stream()
        .map(Candidate::value)
        .toList();
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {
  private static final Token TOKEN =
      Token.issue(Token.newId(), Token.newSecret()).narrowed(new Caveat.AtMost(Role.WRITER));

  @TempDir Path temp;

  private Result ferry(String token, String... arguments) {
    return Program.in(temp).run(Map.of("FERRY_TOKEN", token), arguments);
  }

  private Token narrowed(String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "token";
    words[1] = "narrow";
    System.arraycopy(options, 0, words, 2, options.length);
    Result result = ferry(TOKEN.text(), words);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    return Token.parse(result.out());
  }

  @Test
  void narrowsInEachWay() throws IOException {
    assertThat(
            narrowed(
                "--role=reader",
                "--path=releases/1.0",
                "--expires=2100-01-02T03:04Z",
                "--max-bytes=10G"))
        .isEqualTo(
            TOKEN
                .narrowed(new Caveat.AtMost(Role.READER))
                .narrowed(new Caveat.Below(TreePath.parse("/releases/1.0")))
                .narrowed(new Caveat.Until(Instant.parse("2100-01-02T03:04:00Z")))
                .narrowed(new Caveat.Moving(10L << 30)));
    assertThat(narrowed("--max-bytes=7").caveats()).endsWith(new Caveat.Moving(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3600s", "60m", "1h"})
  void takesTheTimeFromNow(String span) {
    Instant before = Instant.now();
    Caveat.Until end = (Caveat.Until) narrowed("--expires", span).caveats().getLast();
    assertThat(end.time())
        .isBetween(before.plusSeconds(3599), Instant.now().plus(Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--role=admin",
        "--expires=yesterday",
        "--expires=2001-01-01T00:00Z",
        "--expires=0h",
        "--max-bytes=-1",
        "--max-bytes=10X",
        "--max-bytes=999999999999T",
        "--path=.ferry-staging",
        "--nothing"
      })
  void refusesWhatMakesNoSense(String option) {
    Result result = ferry(TOKEN.text(), "token", "narrow", option);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).startsWith("ferry token narrow: ");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "/..", ".", "a//b", ""})
  void guessesNoPathThatIsNotThere(String path) {
    Result result = ferry(TOKEN.text(), "token", "narrow", "--path", path);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message())
        .contains("'" + path + "': path component ", "; write it as /a/b, from where the token");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void refusesToNarrowByNothing() {
    Result result = ferry(TOKEN.text(), "token", "narrow");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).contains("--role, --path, --expires or --max-bytes");
    assertThat(ferry(TOKEN.text(), "token").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void refusesATokenThatGetsTooLong() throws IOException {
    Result result = ferry(TOKEN.text(), "token", "narrow", "--path", "x/".repeat(127) + "x");
    assertThat(result.code()).isEqualTo(ExitCode.OK);
    Result longer = ferry(result.out(), "token", "narrow", "--path", "long-name/".repeat(60) + "x");
    assertThat(longer.code()).isEqualTo(ExitCode.USAGE);
    assertThat(longer.message()).contains("gets too long");
  }

  @Test
  void showsWhatIsAllowedAndNeverTheToken() throws IOException {
    Token token =
        TOKEN
            .narrowed(new Caveat.Below(TreePath.parse("/a")))
            .narrowed(new Caveat.Moving(10))
            .narrowed(new Caveat.Moving(1L << 40))
            .narrowed(new Caveat.Below(TreePath.parse("/b")))
            .narrowed(new Caveat.AtMost(Role.READER))
            .narrowed(new Caveat.AtMost(Role.WRITER))
            .narrowed(new Caveat.Until(Instant.parse("2001-02-03T04:05:06Z")))
            .narrowed(new Caveat.Until(Instant.parse("2100-02-03T04:05:06Z")));
    Result shown = ferry(token.text(), "token", "show");
    assertThat(shown.code()).isEqualTo(ExitCode.OK);
    assertThat(shown.lines())
        .startsWith("token  " + token.id(), "role   reader", "path   /a/b")
        .endsWith("bytes  10 bytes");
    assertThat(shown.lines().get(3)).startsWith("until  2001-02-0").endsWith(" (ended)");
    Result json = ferry(token.text(), "token", "show", "--json");
    assertThat(json.out())
        .isEqualTo(
            "{\"type\":\"token\",\"token\":\"%s\",\"role\":\"reader\",\"path\":\"/a/b\",\"until\":\"2001-02-03T04:05:06Z\",\"bytes\":10}%n"
                .formatted(token.id()));
    for (Result result : List.of(shown, json)) {
      assertThat(result.out() + result.err())
          .doesNotContain(token.key().toString(), token.text().substring(40));
    }
  }

  @Test
  void showsWhatIsNotSaid() {
    Token all = Token.issue(Token.newId(), Token.newSecret());
    assertThat(ferry(all.text(), "token", "show").lines())
        .containsExactly(
            "token  " + all.id(), "role   any", "path   /", "until  any", "bytes  any");
  }

  @Test
  void saysWhereTheTokenBelongsAndNothingOfABadOne() {
    assertThat(Program.in(temp).run("token", "show").code()).isEqualTo(ExitCode.USAGE);
    assertThat(Program.in(temp).run("token", "show").message()).contains("FERRY_TOKEN");
    String cut = TOKEN.text().substring(0, TOKEN.text().length() - 5);
    for (String bad : List.of("hunter2hunter2", cut + "=" + cut, TOKEN.text().substring(0, 30))) {
      for (String command : List.of("show", "narrow")) {
        Result result = ferry(bad, "token", command);
        assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
        assertThat(result.message())
            .contains("FERRY_TOKEN holds no token")
            .doesNotContain(bad.substring(7));
      }
    }
  }
}

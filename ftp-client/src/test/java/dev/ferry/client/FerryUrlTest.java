package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.transfer.link.Endpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FerryUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ferry://harbour             | harbour:9021     | /",
        "ferry://harbour/            | harbour:9021     | /",
        "FERRY://harbour:1/a         | harbour:1        | /a",
        "ferry://harbour:/a          | harbour:9021     | /a",
        "ferry://127.0.0.1:65535/a/b | 127.0.0.1:65535  | /a/b",
        "ferry://[::1]/a             | [::1]:9021       | /a",
        "ferry://[fe80::1%eth0]:7/a  | [fe80::1%eth0]:7 | /a",
        "ferry://h/a//b/./c/../d     | h:9021           | /a/b/d",
        "ferry://h/../../a           | h:9021           | /a",
        "ferry://h/a/                | h:9021           | /a/",
        "ferry://h/two words         | h:9021           | /two words",
        "ferry://h/two%20words       | h:9021           | /two words",
        "ferry://h/上海/Café           | h:9021           | /上海/Café",
        "ferry://h/%E4%B8%8A%e6%b5%b7 | h:9021          | /上海",
        "ferry://h/a#b?c=d           | h:9021           | /a#b?c=d",
        "ferry://h/a%2525            | h:9021           | /a%25",
        "ferry://h/a+b               | h:9021           | /a+b",
        "ferry://h/a@b:c             | h:9021           | /a@b:c",
        "ferry://h/[x]?\\            | h:9021           | /[x]?\\",
        "ferry://h/a%2Ab             | h:9021           | /a*b",
        "ferry://bücher/a            | xn--bcher-kva:9021 | /a",
      })
  void takesAUrlApart(String text, String server, String path) throws Exception {
    FerryUrl url = FerryUrl.parse(text);

    assertThat(url.endpoint()).hasToString(server);
    assertThat(url.path()).hasToString(path);
    assertThat(url.path().pattern()).isFalse();
    assertThat(url.user()).isNull();
  }

  @Test
  void keepsTheUser() throws Exception {
    assertThat(FerryUrl.parse("ferry://ann%20b@h/").user()).isEqualTo("ann b");
  }

  @Test
  void takesASocketApart() throws Exception {
    FerryUrl url = FerryUrl.parse("ferry+unix:/run/my%20ferry.sock::/a b/c");

    assertThat(url.endpoint()).isEqualTo(new Endpoint.Unix(Path.of("/run/my ferry.sock")));
    assertThat(url.path()).hasToString("/a b/c");
    assertThat(FerryUrl.parse("ferry+unix:/run/s").path()).hasToString("/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ferry://h/*.txt       | *.txt",
        "ferry://h/a*          | a*",
        "ferry://h/[x]?*       | \\[x]\\?*",
        "ferry://h/%2A*        | \\**",
        "ferry://h/back\\slash* | back\\\\slash*",
      })
  void takesABareStarForAPatternAndNothingElse(String text, String last) throws Exception {
    RemotePath path = FerryUrl.parse(text).path();

    assertThat(path.pattern()).isTrue();
    assertThat(path.components()).containsExactly(last);
  }

  @Test
  void escapesNamesBesideAPattern() throws Exception {
    assertThat(FerryUrl.parse("ferry://h/[a]/*").path().components())
        .isEqualTo(List.of("\\[a]", "*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ferry://h          | true  | true",
        "ferry://h/a        | false | false",
        "ferry://h/a/       | true  | false",
        "ferry://h/a//      | true  | false",
        "ferry://h/a/.      | true  | true",
        "ferry://h/a/./     | true  | true",
        "ferry://h/a/b/..   | true  | true",
        "ferry://h/a/%2E%2E%2E | false | false",
      })
  void remembersWhatTheEndOfThePathSays(String text, boolean folder, boolean contents)
      throws Exception {
    RemotePath path = FerryUrl.parse(text).path();

    assertThat(path.folder()).isEqualTo(folder);
    assertThat(path.contents()).isEqualTo(contents);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/                | no Ferry URL",
        "ferry:/h                 | no Ferry URL",
        "ferry:///a               | names no host",
        "ferry://:9021/a          | names no host",
        "ferry://h:0/             | no number from 1",
        "ferry://h:65536/         | no number from 1",
        "ferry://h:90x/           | no number from 1",
        "ferry://::1/             | stands in brackets",
        "ferry://[::1/            | never closes",
        "ferry://[zz]/            | no IPv6 address",
        "ferry://two words/       | no host name",
        "ferry://@h/              | nothing before its @",
        "ferry://h/50% off        | written %25",
        "ferry://h/%4             | written %25",
        "ferry://h/%ff            | UTF-8",
        "ferry://h/a%2Fb          | slash",
        "ferry://h/a%00b          | NUL",
        "ferry://h/%2e%2e         | not a name",
        "ferry+unix:::/a          | names no socket",
      })
  void refusesWhatIsNone(String text, String why) {
    assertThatThrownBy(() -> FerryUrl.parse(text))
        .isInstanceOf(BadUrlException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ferry://ann:hunter2@h/", "ferry://ann:hunter2@h:1/a", "ferry://:hunter2@h/"})
  void refusesAPasswordWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> FerryUrl.parse(text))
        .isInstanceOf(BadUrlException.class)
        .hasMessageContaining("process lists")
        .hasMessageNotContaining("hunter2");
  }
}

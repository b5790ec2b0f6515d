package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "open ferry://ann:hunter2@host/",
        "open 'ferry://ann:hun ter/2@host/'",
        "!FERRY_PASSWORD=hunter2 ferry ls ferry://ann@host/",
        "!FERRY_TOKEN=abc ferry ls ferry://host/",
        "!curl -H 'X-Api-Key: abc' host",
        "!echo $SECRET",
      })
  void tellsALineThatMayHoldASecret(String line) {
    assertThat(Secrets.mayBeIn(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"open ferry://ann@host:9021/", "get 'compass passage.txt'", "ls -l", "cat a:b@c"})
  void letsOrdinaryLinesBe(String line) {
    assertThat(Secrets.mayBeIn(line)).isFalse();
  }
}

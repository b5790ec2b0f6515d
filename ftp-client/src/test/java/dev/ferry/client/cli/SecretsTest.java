package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "open ferry://ann:hunter2@host/",
        "open 'ferry://ann:hun ter/2@host/'",
        "!FERRY_PASSWORD=hunter2 ferry ls ferry://ann@host/",
        "!FERRY_TOKEN=abc ferry ls ferry://host/",
        "open ferry+unix:ann:hunter2@/run/ferry.sock",
        "!FERRY_INVITE=7-nine ferry register ferry://ann@host/",
        "!ferry register --invite 7-nine ferry://ann@host/",
        "!echo ferry_AQECAwQFBgcIAQABAAIAEwIACHJlbGVhc2Vz",
        "!curl -H 'X-Api-Key: abc' host",
        "!echo $SECRET",
      })
  void tellsALineThatMayHoldASecret(String line) {
    assertThat(Secrets.mayBeIn(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open ferry://ann@host:9021/",
        "get 'compass passage.txt'",
        "ls -l",
        "cat a:b@c",
        "get ferry_client.py"
      })
  void letsOrdinaryLinesBe(String line) {
    assertThat(Secrets.mayBeIn(line)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "unknown option: '--password=hunter2', unknown option: '--password=…'",
    "'alice:hunter2@host/' is no URL, '…@host/' is no URL",
    "'ferr://alice:hun/ter2@host/' is no command, '…@host/' is no command",
    "'FERRY_TOKEN=ferry_AQEC' is no command, 'FERRY_TOKEN=…' is no command",
    "'ferry_AQECAwQFBgcIAQABAAIAEwIA' is no URL, 'ferry_…' is no URL",
    "'alice@host' is no command; did you mean 'ls'?, 'alice@host' is no command; did you mean 'ls'?"
  })
  void hidesWhatMayBeOneInAMessage(String message, String shown) {
    assertThat(Secrets.hidden(message)).isEqualTo(shown);
  }
}

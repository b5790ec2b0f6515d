package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void writesAnObjectOnOneLine() {
    assertThat(
            new Json()
                .put("text", "a \"b\"\n\u001b")
                .put("none", null)
                .put("number", 3_000_000_000L)
                .put("yes", true)
                .putSeconds("seconds", 1_050_999_999L))
        .hasToString(
            "{\"text\":\"a \\\"b\\\"\\u000a\\u001b\",\"none\":null,\"number\":3000000000,"
                + "\"yes\":true,\"seconds\":1.050}");
  }
}

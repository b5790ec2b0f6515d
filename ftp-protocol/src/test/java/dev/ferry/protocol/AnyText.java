package dev.ferry.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Makes texts of a fuzzer's bytes, among them such as UTF-8 cannot carry. */
final class AnyText {
  private static final char HALF_A_CHARACTER = '\uD83D';

  private AnyText() {}

  /** UTF-8; what is none stands for half a character. */
  static String of(byte[] input) {
    return new String(input, UTF_8).replace('\uFFFD', HALF_A_CHARACTER);
  }

  /** Two texts, with a NUL between them. */
  static List<String> twoOf(byte[] input) {
    String[] texts = of(input).split("\0", 2);
    return List.of(texts[0], texts.length == 1 ? "" : texts[1]);
  }
}

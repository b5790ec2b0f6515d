package dev.ferry.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An error code and a text for people, as they travel together.
 *
 * @param code the number on the wire; it may be one that {@link ErrorCode} does not know
 * @param text foreign text when it was received: show it only through {@link Printable}
 */
public record Reason(int code, String text) {

  public Reason {
    text = atMost(text, Limits.TEXT_BYTES);
  }

  public Reason(ErrorCode code, String text) {
    this(code.code(), text);
  }

  /** The known code, or null. */
  public ErrorCode known() {
    return ErrorCode.of(code);
  }

  /** The text, or if there is none what the code means. */
  public String said() {
    if (!text.isBlank()) {
      return text;
    }
    ErrorCode known = known();
    return known == null ? "error " + code : known.meaning();
  }

  /** Whether the code is this one. */
  public boolean is(ErrorCode expected) {
    return code == expected.code();
  }

  /** The text, cut between two characters if it has more bytes of UTF-8. */
  static String atMost(String text, int bytes) {
    if (text.length() <= bytes / 3) {
      return text;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= bytes) {
      return text;
    }
    int end = bytes;
    while ((utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(Arrays.copyOf(utf8, end), StandardCharsets.UTF_8);
  }
}

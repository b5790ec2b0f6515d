package dev.ferry.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the chain.
 *
 * @param seq 1 for the first event ever; 0 before it
 * @param hash the SHA-256 of the line that stands there, without its end, in hexadecimal
 */
record AuditLine(long seq, String hash) {
  /** Before the first event. */
  static final AuditLine NONE = new AuditLine(0, "0".repeat(64));

  /** In bytes, with its end. */
  static final int LONGEST = 128 << 10;

  private static final Pattern HEAD = Pattern.compile("([0-9]{1,18}):([0-9a-f]{64})");
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"seq\":([1-9][0-9]{0,17}),\"prev\":\"([0-9a-f]{64})\",\"time\":\"[-0-9T:.]+Z\","
              + "\"event\":\"([a-z-]+)\"[^\\x00-\\x1f]*\\}");

  /**
   * What a line says.
   *
   * @param prev the hash of the line before it
   */
  record Parsed(long seq, String prev, String event) {}

  /** The bytes of the next line, with its end. */
  byte[] next(AuditEvent event) {
    return ("{\"seq\":" + (seq + 1) + ",\"prev\":\"" + hash + "\"," + event + "}\n")
        .getBytes(UTF_8);
  }

  /** Where one is behind a line. */
  static AuditLine at(long seq, byte[] line, int length) {
    return new AuditLine(seq, sha256(line, length));
  }

  /** What a line says; null if it is none. */
  static Parsed parse(byte[] line, int length) {
    Matcher matcher = LINE.matcher(new String(line, 0, length, UTF_8));
    return matcher.matches()
        ? new Parsed(Long.parseLong(matcher.group(1)), matcher.group(2), matcher.group(3))
        : null;
  }

  /** As {@link #toString} writes it; null if it is not. */
  static AuditLine parse(String text) {
    Matcher matcher = HEAD.matcher(text);
    return matcher.matches()
        ? new AuditLine(Long.parseLong(matcher.group(1)), matcher.group(2))
        : null;
  }

  private static String sha256(byte[] line, int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(line, 0, length);
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** {@code SEQ:HASH}. */
  @Override
  public String toString() {
    return seq + ":" + hash;
  }
}

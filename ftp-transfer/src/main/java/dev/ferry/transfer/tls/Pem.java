package dev.ferry.transfer.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of blocks in base64 (RFC 7468), each between its own two lines. */
final class Pem {
  static final String KEY = "PRIVATE KEY";
  static final String CERTIFICATE = "CERTIFICATE";

  private Pem() {}

  /** A block. */
  static String of(String kind, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    String text = new String(encoder.encode(der), StandardCharsets.US_ASCII);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
  }

  /** All blocks of this kind, in their order; none if there is none. */
  static List<byte[]> blocks(String text, String kind) throws IOException {
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + kind + "-----([^-]*)-----END " + kind + "-----", Pattern.DOTALL)
            .matcher(text);
    List<byte[]> blocks = new ArrayList<>();
    while (block.find()) {
      try {
        blocks.add(Base64.getMimeDecoder().decode(block.group(1)));
      } catch (IllegalArgumentException e) {
        throw new IOException("its " + kind + " is no base64", e);
      }
    }
    return blocks;
  }

  /**
   * The first block of this kind.
   *
   * @throws IOException if there is none
   */
  static byte[] block(String text, String kind) throws IOException {
    List<byte[]> blocks = blocks(text, kind);
    if (blocks.isEmpty()) {
      throw new IOException("it has no " + kind + " in PEM");
    }
    return blocks.getFirst();
  }
}

package dev.ferry.transfer.tls;

import dev.ferry.protocol.Bytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What a server is known by: {@code SHA256:} and the SHA-256 of the SubjectPublicKeyInfo of its
 * certificate, in base64 without padding (spec section 2).
 */
public record KeyFingerprint(String text) {
  private static final String KIND = "SHA256:";
  private static final Pattern SHAPE = Pattern.compile(KIND + "[A-Za-z0-9+/]{43}");

  /**
   * From its text.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public KeyFingerprint {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a fingerprint is " + KIND + " and 43 characters of base64");
    }
  }

  /**
   * Of a certificate in DER.
   *
   * @throws IOException if it is none
   */
  public static KeyFingerprint of(byte[] certificate) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Der.publicKeyOf(certificate));
      return new KeyFingerprint(KIND + Base64.getEncoder().withoutPadding().encodeToString(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The 32 bytes behind the text. */
  public Bytes sha256() {
    return Bytes.of(Base64.getDecoder().decode(text.substring(KIND.length())));
  }

  @Override
  public String toString() {
    return text;
  }
}

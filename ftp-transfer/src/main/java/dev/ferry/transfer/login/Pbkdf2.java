package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** PBKDF2 with HMAC-SHA-256 and 32 bytes of result (RFC 8018, section 5.2). */
final class Pbkdf2 {
  private static final String HMAC = "HmacSHA256";

  private Pbkdf2() {}

  /** Looked for when it is first needed: most commands hash no password. */
  private static final class Native {
    private static final OpenSsl LIBRARY = OpenSsl.find();
  }

  /** Takes a fraction of a second to a few seconds, on purpose. */
  static Bytes derive(Bytes password, Bytes salt, int iterations) {
    Bytes derived =
        Native.LIBRARY == null ? null : Native.LIBRARY.derive(password, salt, iterations);
    return derived == null ? inJava(password, salt, iterations) : derived;
  }

  /** The same, wherever there is a Java. */
  static Bytes inJava(Bytes password, Bytes salt, int iterations) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(password.toArray(), HMAC));
      mac.update(salt.toArray());
      byte[] round = mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(1).array());
      byte[] result = round.clone();
      for (int i = 1; i < iterations; i++) {
        mac.update(round);
        mac.doFinal(round, 0);
        for (int b = 0; b < result.length; b++) {
          result[b] ^= round[b];
        }
      }
      return Bytes.of(result);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}

package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The few functions of SHA-256 that logins are made of. */
final class Digests {
  static final int BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  /** Made when it is first needed: a login without a secret needs none. */
  private static final class Random {
    private static final SecureRandom SOURCE = new SecureRandom();
  }

  private Digests() {}

  static Bytes random(int count) {
    byte[] bytes = new byte[count];
    Random.SOURCE.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  static Bytes sha256(Bytes bytes) {
    try {
      return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static Bytes hmac(Bytes key, Bytes message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.toArray(), HMAC));
      return Bytes.of(mac.doFinal(message.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /** Takes the same time wherever the two differ. */
  static boolean same(Bytes one, Bytes other) {
    return MessageDigest.isEqual(one.toArray(), other.toArray());
  }

  static Bytes xor(Bytes one, Bytes other) {
    byte[] result = one.toArray();
    byte[] mask = other.toArray();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= mask[i];
    }
    return Bytes.of(result);
  }
}

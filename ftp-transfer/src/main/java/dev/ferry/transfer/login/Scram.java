package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677) over a {@link Statement} (spec 5.6): the server keeps a {@link
 * Verifier}, from which neither the password nor a login can be made.
 */
public final class Scram {
  /** How often a password is hashed before anything is made of it. */
  public static final int ITERATIONS = 600_000;

  /** What a client agrees to: fewer would make guessing cheap, more is an attack on its time. */
  public static final int FEWEST_ITERATIONS = 100_000;

  public static final int MOST_ITERATIONS = 5_000_000;

  /** The most bytes of a password, in UTF-8. */
  public static final int PASSWORD_BYTES = 1024;

  public static final int SALT_BYTES = 16;
  public static final int NONCE_BYTES = 32;

  private static final String LABEL = "ferry login by password";
  private static final Bytes CLIENT_KEY = text("Client Key");
  private static final Bytes SERVER_KEY = text("Server Key");

  private Scram() {}

  /**
   * What a server knows of a password.
   *
   * @param salt 1 to 255 bytes; a new one for each password
   * @param storedKey 32 bytes: the hash of what a client proves to have
   * @param serverKey 32 bytes: what the server proves to have
   */
  public record Verifier(Bytes salt, int iterations, Bytes storedKey, Bytes serverKey) {
    /** Of a new password, with a new salt. Takes a while. */
    public static Verifier of(Bytes password) {
      Bytes salt = Digests.random(SALT_BYTES);
      return Keys.derive(password, salt, ITERATIONS).verifier();
    }

    /** Whether a client that proves this has the password. */
    public boolean accepts(Bytes proof, Bytes statement) {
      if (proof.length() != Digests.BYTES) {
        return false;
      }
      Bytes clientKey = Digests.xor(proof, Digests.hmac(storedKey, statement));
      return Digests.same(Digests.sha256(clientKey), storedKey);
    }

    /** What shows the client that this server knows its password. */
    public Bytes signature(Bytes statement) {
      return Digests.hmac(serverKey, statement);
    }

    /** Never the keys. */
    @Override
    public String toString() {
      return "Verifier[iterations=" + iterations + "]";
    }
  }

  /** What a client makes of a password. */
  record Keys(Bytes salt, int iterations, Bytes clientKey, Bytes serverKey) {
    static Keys derive(Bytes password, Bytes salt, int iterations) {
      Bytes salted = Pbkdf2.derive(password, salt, iterations);
      return new Keys(
          salt, iterations, Digests.hmac(salted, CLIENT_KEY), Digests.hmac(salted, SERVER_KEY));
    }

    Verifier verifier() {
      return new Verifier(salt, iterations, Digests.sha256(clientKey), serverKey);
    }

    Bytes proof(Bytes statement) {
      return Digests.xor(clientKey, Digests.hmac(Digests.sha256(clientKey), statement));
    }

    /** Never the keys. */
    @Override
    public String toString() {
      return "Keys[iterations=" + iterations + "]";
    }
  }

  /** What both sides prove something about: the whole exchange, and the server it is had with. */
  public static Bytes statement(
      Binding binding, String user, Bytes clientNonce, Frame.Challenge challenge) {
    return new Statement(LABEL, binding)
        .with(user)
        .with(clientNonce)
        .with(challenge.nonce())
        .with(challenge.salt())
        .with((int) challenge.iterations())
        .bytes();
  }

  /**
   * A password as both ends hash it: composed as Unicode has it (NFC, RFC 8265), in UTF-8.
   *
   * @param typed is overwritten
   * @throws IllegalArgumentException if it is empty, too long, or no text; says why
   */
  public static Bytes password(char[] typed) {
    try {
      String composed = Normalizer.normalize(CharBuffer.wrap(typed), Normalizer.Form.NFC);
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(composed));
      if (!utf8.hasRemaining() || utf8.remaining() > PASSWORD_BYTES) {
        throw new IllegalArgumentException(
            "a password has 1 to %d bytes".formatted(PASSWORD_BYTES));
      }
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return Bytes.of(bytes);
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("the password is no text");
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** A nonce for one login. */
  public static Bytes nonce() {
    return Digests.random(NONCE_BYTES);
  }

  /** The salt that a server invents for a user it does not know, always the same (spec 5.6). */
  public static Bytes inventedSalt(Bytes secret, String user) {
    byte[] hash = Digests.hmac(secret, text(user)).toArray();
    return Bytes.of(Arrays.copyOf(hash, SALT_BYTES));
  }

  private static Bytes text(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

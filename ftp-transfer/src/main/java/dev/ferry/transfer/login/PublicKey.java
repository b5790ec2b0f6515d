package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Ed25519 public key (RFC 8032), which OpenSSH writes as {@code ssh-ed25519 AAAA… comment}.
 *
 * @param raw 32 bytes
 */
public record PublicKey(Bytes raw) {
  public static final int BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;

  /** How OpenSSH names the kind of key. */
  public static final String KIND = "ssh-ed25519";

  /** What stands before the key in its X.509 form (RFC 8410). */
  private static final Bytes HEAD = Bytes.of(HexFormat.of().parseHex("302a300506032b6570032100"));

  /**
   * The points of small order, without the sign of x: signatures for such a key need no private key
   * (RFC 8032 lets them through).
   */
  private static final Set<Bytes> SMALL_ORDER =
      Stream.of(
              "0000000000000000000000000000000000000000000000000000000000000000",
              "0100000000000000000000000000000000000000000000000000000000000000",
              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
              "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
          .map(text -> Bytes.of(HexFormat.of().parseHex(text)))
          .collect(Collectors.toUnmodifiableSet());

  public PublicKey {
    if (raw.length() != BYTES) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + raw.length());
    }
  }

  /**
   * Reads a line of OpenSSH's {@code .pub} and {@code authorized_keys} files.
   *
   * @throws IllegalArgumentException if it is none, or of another kind; says why
   */
  public static PublicKey parse(String line) {
    String[] words = line.strip().split("\\s+", 3);
    if (!words[0].equals(KIND) || words.length < 2) {
      throw new IllegalArgumentException(
          "a public key is a line that begins with %s; other kinds of keys are not taken"
              .formatted(KIND));
    }
    try {
      return ofBlob(ByteBuffer.wrap(Base64.getDecoder().decode(words[1])));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("the public key is damaged");
    }
  }

  /**
   * From OpenSSH's binary form, which is in base64 in its text.
   *
   * @throws IllegalArgumentException if it is another kind of key, or damaged
   */
  public static PublicKey ofBlob(ByteBuffer blob) {
    String kind = new String(field(blob), StandardCharsets.US_ASCII);
    if (!kind.equals(KIND)) {
      throw new IllegalArgumentException("it is of another kind");
    }
    PublicKey key = new PublicKey(Bytes.of(field(blob)));
    if (blob.hasRemaining()) {
      throw new IllegalArgumentException("something follows the key");
    }
    if (key.isOfSmallOrder()) {
      throw new IllegalArgumentException("anybody can sign with it");
    }
    return key;
  }

  private boolean isOfSmallOrder() {
    byte[] y = raw.toArray();
    y[BYTES - 1] &= 0x7F;
    return SMALL_ORDER.contains(Bytes.of(y));
  }

  private static byte[] field(ByteBuffer blob) {
    int length = blob.remaining() < Integer.BYTES ? -1 : blob.getInt();
    if (length < 0 || length > blob.remaining()) {
      throw new IllegalArgumentException("it is cut off");
    }
    byte[] field = new byte[length];
    blob.get(field);
    return field;
  }

  /** OpenSSH's binary form. */
  public Bytes blob() {
    byte[] kind = KIND.getBytes(StandardCharsets.US_ASCII);
    return Bytes.of(
        ByteBuffer.allocate(2 * Integer.BYTES + kind.length + BYTES)
            .putInt(kind.length)
            .put(kind)
            .putInt(BYTES)
            .put(raw.toArray())
            .array());
  }

  /** The line that {@link #parse} reads, without a comment. */
  public String text() {
    return KIND + " " + Base64.getEncoder().encodeToString(blob().toArray());
  }

  /** What people compare: as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    byte[] hash = Digests.sha256(blob()).toArray();
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }

  /** Whether the holder of the private key has signed this; there is none of some keys. */
  public boolean verifies(Bytes message, Bytes signature) {
    if (isOfSmallOrder()) {
      return false;
    }
    try {
      byte[] encoded = new byte[HEAD.length() + BYTES];
      System.arraycopy(HEAD.toArray(), 0, encoded, 0, HEAD.length());
      System.arraycopy(raw.toArray(), 0, encoded, HEAD.length(), BYTES);
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(message.toArray());
      return check.verify(signature.toArray());
    } catch (GeneralSecurityException _) {
      return false; // No point of the curve, or no signature.
    }
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}

package dev.ferry.client;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 key that this process holds. */
public final class PrivateKey implements Signer {
  static final int SEED_BYTES = 32;

  private static final String ALGORITHM = "Ed25519";

  /** What stands before the seed in its PKCS #8 form (RFC 8410). */
  private static final Bytes HEAD =
      Bytes.of(HexFormat.of().parseHex("302e020100300506032b657004220420"));

  private final Bytes seed;
  private final PublicKey publicKey;

  PrivateKey(Bytes seed, PublicKey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /** A new one. */
  public static PrivateKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new PrivateKey(
          last(pair.getPrivate().getEncoded(), SEED_BYTES),
          new PublicKey(last(pair.getPublic().getEncoded(), PublicKey.BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static Bytes last(byte[] bytes, int count) {
    return Bytes.of(Arrays.copyOfRange(bytes, bytes.length - count, bytes.length));
  }

  Bytes seed() {
    return seed;
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(Bytes message) {
    byte[] encoded = Arrays.copyOf(HEAD.toArray(), HEAD.length() + SEED_BYTES);
    System.arraycopy(seed.toArray(), 0, encoded, HEAD.length(), SEED_BYTES);
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      signature.update(message.toArray());
      return Bytes.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("any 32 bytes are a key of " + ALGORITHM, e);
    }
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return "PrivateKey[" + publicKey.fingerprint() + "]";
  }
}

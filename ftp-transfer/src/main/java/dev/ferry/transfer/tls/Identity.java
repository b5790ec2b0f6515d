package dev.ferry.transfer.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

/**
 * What a server proves to be: a private key, and the certificate for it, which it signed itself
 * (then with ECDSA on P-256) or others issued. Its text is a secret.
 */
public final class Identity {
  private static final String NAME = "ferryd";
  private static final int SERIAL_BITS = 127;

  private final byte[] key;
  private final List<byte[]> chain;
  private final KeyFingerprint fingerprint;

  /**
   * With what was checked before.
   *
   * @param key of PKCS #8
   * @param chain the certificate for it, and behind it those of its issuers
   */
  Identity(byte[] key, List<byte[]> chain) throws IOException {
    this.key = key;
    this.chain = chain;
    this.fingerprint = KeyFingerprint.of(chain.getFirst());
  }

  /** A new one. */
  public static Identity generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] unsigned =
          Der.unsigned(
              new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1),
              NAME,
              pair.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(unsigned);
      return new Identity(
          pair.getPrivate().getEncoded(), List.of(Der.signed(unsigned, signature.sign())));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has ECDSA on P-256", e);
    }
  }

  /**
   * One that was generated before.
   *
   * @param pem private key (PKCS #8) and certificate
   * @throws IOException if that is not what it holds; says why
   */
  public static Identity parse(String pem) throws IOException {
    byte[] key = Pem.block(pem, Pem.KEY);
    return new Identity(key, List.of(Pem.block(pem, Pem.CERTIFICATE)));
  }

  /** Private key and certificate, as {@link #parse} reads them. */
  public String pem() {
    return Pem.of(Pem.KEY, key) + chainPem();
  }

  /** What clients know it by. */
  public KeyFingerprint fingerprint() {
    return fingerprint;
  }

  /** The certificate, and those of its issuers, in PEM. */
  String chainPem() {
    StringBuilder text = new StringBuilder();
    chain.forEach(certificate -> text.append(Pem.of(Pem.CERTIFICATE, certificate)));
    return text.toString();
  }

  /** The certificate, and those of its issuers, in DER. */
  List<byte[]> chain() {
    return chain.stream().map(byte[]::clone).toList();
  }

  /** The key, of PKCS #8. */
  byte[] key() {
    return key.clone();
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return fingerprint.text();
  }
}

package dev.ferry.transfer.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server proves to be: a private key (ECDSA on P-256), and a certificate that it signed
 * itself. Its text is a secret.
 */
public final class Identity {
  private static final String NAME = "ferryd";
  private static final String KEY = "PRIVATE KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final int SERIAL_BITS = 127;

  private final String pem;
  private final byte[] key;
  private final byte[] certificate;
  private final KeyFingerprint fingerprint;

  private Identity(String pem) throws IOException {
    this.pem = pem;
    this.key = block(pem, KEY);
    this.certificate = block(pem, CERTIFICATE);
    this.fingerprint = KeyFingerprint.of(certificate);
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
          pem(KEY, pair.getPrivate().getEncoded())
              + pem(CERTIFICATE, Der.signed(unsigned, signature.sign())));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has ECDSA on P-256", e);
    }
  }

  /**
   * One that was made before.
   *
   * @param pem private key (PKCS #8) and certificate
   * @throws IOException if that is not what it holds; says why
   */
  public static Identity parse(String pem) throws IOException {
    return new Identity(pem);
  }

  /** Private key and certificate, as {@link #parse} reads them. */
  public String pem() {
    return pem;
  }

  /** What clients know it by. */
  public KeyFingerprint fingerprint() {
    return fingerprint;
  }

  String certificatePem() {
    return pem(CERTIFICATE, certificate);
  }

  byte[] certificate() {
    return certificate.clone();
  }

  PrivateKey privateKey() throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return fingerprint.text();
  }

  private static String pem(String kind, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    String text = new String(encoder.encode(der), StandardCharsets.US_ASCII);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind);
  }

  private static byte[] block(String pem, String kind) throws IOException {
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + kind + "-----(.*?)-----END " + kind + "-----", Pattern.DOTALL)
            .matcher(pem);
    if (!block.find()) {
      throw new IOException("it has no " + kind + " in PEM");
    }
    try {
      return Base64.getMimeDecoder().decode(block.group(1));
    } catch (IllegalArgumentException e) {
      throw new IOException("its " + kind + " is no base64", e);
    }
  }
}

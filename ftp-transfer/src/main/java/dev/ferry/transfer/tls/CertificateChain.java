package dev.ferry.transfer.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's certificate that somebody else issued, and behind it those of its issuers, as far as
 * clients do not have them anyway. Messages say what is wrong, without the name of the file.
 */
public final class CertificateChain {
  private static final int RSA_BITS = 2048;
  private static final List<Integer> EC_BITS = List.of(256, 384);
  private static final byte[] PROBE = {1, 2, 3};

  private final List<X509Certificate> certificates;

  private CertificateChain(List<X509Certificate> certificates) {
    this.certificates = certificates;
  }

  /**
   * Reads one.
   *
   * @param pem one or more certificates, the server's own first; other blocks are passed over
   * @throws IOException if it has none, one is broken, or no TLS 1.3 client would take its key
   */
  public static CertificateChain parse(String pem) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : Pem.blocks(pem, Pem.CERTIFICATE)) {
      certificates.add(parse(der));
    }
    if (certificates.isEmpty()) {
      throw new IOException("it has no " + Pem.CERTIFICATE + " in PEM");
    }
    CertificateChain chain = new CertificateChain(List.copyOf(certificates));
    chain.refuseUnusual();
    return chain;
  }

  static X509Certificate parse(byte[] der) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IOException("it has a certificate that cannot be read", e);
    }
  }

  private void refuseUnusual() throws IOException {
    PublicKey key = own().getPublicKey();
    boolean usual =
        switch (key) {
          case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= RSA_BITS;
          case ECPublicKey ec ->
              EC_BITS.contains(ec.getParams().getCurve().getField().getFieldSize());
          default -> false;
        };
    if (!usual) {
      throw new IOException(
          "its key is of a kind that clients may not know (%s): use ECDSA on P-256 or P-384, or RSA of %d bits or more"
              .formatted(key.getAlgorithm(), RSA_BITS));
    }
  }

  private X509Certificate own() {
    return certificates.getFirst();
  }

  /** What clients know a server by that shows it. */
  public KeyFingerprint fingerprint() throws IOException {
    return KeyFingerprint.of(encoded().getFirst());
  }

  /** When it ends to be valid. */
  public Instant end() {
    return own().getNotAfter().toInstant();
  }

  /**
   * Refuses one that is not valid yet, or not any more.
   *
   * @throws IOException says since when
   */
  public void checkTime(Instant now) throws IOException {
    if (now.isAfter(end())) {
      throw new IOException("it was valid until " + end());
    }
    Instant begin = own().getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      throw new IOException("it is valid from " + begin + ": is the clock of this machine right?");
    }
  }

  /**
   * With its private key.
   *
   * @param pem the key: of PKCS #8, or as OpenSSL wrote them before (RSA, EC); not encrypted
   * @throws IOException if that is not what it holds, or it is the key of something else
   */
  public Identity with(String pem) throws IOException {
    List<byte[]> chain = encoded();
    byte[] pkcs8 = privateKey(pem, Der.algorithmOf(Der.publicKeyOf(chain.getFirst())));
    refuseOther(pkcs8);
    return new Identity(pkcs8, chain);
  }

  private static byte[] privateKey(String pem, byte[] algorithm) throws IOException {
    if (pem.contains("ENCRYPTED")) {
      throw new IOException(
          "it is encrypted, and nobody is there to ask: write it without a passphrase (openssl"
              + " pkey -in FILE -out NEW), readable for ferryd's user only");
    }
    for (String kind : List.of("EC PRIVATE KEY", "RSA PRIVATE KEY")) {
      List<byte[]> bare = Pem.blocks(pem, kind);
      if (!bare.isEmpty()) {
        return Der.pkcs8(algorithm, bare.getFirst());
      }
    }
    return Pem.block(pem, Pem.KEY);
  }

  private void refuseOther(byte[] pkcs8) throws IOException {
    PublicKey open = own().getPublicKey();
    try {
      PrivateKey key =
          KeyFactory.getInstance(open.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      Signature signature =
          Signature.getInstance(open instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(PROBE);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException _) {
      // It is of another kind, or broken.
    }
    throw new IOException(
        "it is not the key of the first certificate, which is that of "
            + own().getSubjectX500Principal());
  }

  private List<byte[]> encoded() throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      try {
        all.add(certificate.getEncoded());
      } catch (CertificateException e) {
        throw new IOException("it has a certificate that cannot be written", e);
      }
    }
    return all;
  }
}

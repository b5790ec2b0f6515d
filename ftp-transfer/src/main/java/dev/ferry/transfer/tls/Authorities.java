package dev.ferry.transfer.tls;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities that this system trusts. Nothing is read before a certificate is to
 * be judged that is for the right host, and then only what may have issued it. Whether something
 * was revoked is not asked. Safe for use by many threads.
 */
public final class Authorities {
  /** Where systems keep them; the JDK's own are for where there is none of these. */
  private static final List<Path> BUNDLES =
      Stream.of(
              "/etc/ssl/certs/ca-certificates.crt",
              "/etc/pki/tls/certs/ca-bundle.crt",
              "/etc/ssl/ca-bundle.pem",
              "/etc/ssl/cert.pem")
          .map(Path::of)
          .toList();

  private static final String NOBODY = "no authority that this system trusts has issued it";

  private static final Set<Reason> UNISSUED =
      Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);
  private static final Set<Reason> UNTIMELY =
      Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID);

  private final Path bundle;

  private Authorities(Path bundle) {
    this.bundle = bundle;
  }

  /**
   * Those of this system.
   *
   * @param bundle a file of certificates in PEM that takes their place; null: none does
   */
  public static Authorities of(Path bundle) {
    return new Authorities(bundle);
  }

  /**
   * Judges a server by its certificate.
   *
   * @param host what it was connected to as: a name or an address
   * @return null if the certificate is valid for the host under one of these authorities; else why
   *     not, and an empty text if it is for no host at all, as those are that servers make
   *     themselves
   */
  public String refusal(String host, ServerIdentity server) {
    try {
      X509Certificate own = CertificateChain.parse(server.chain().getFirst().toArray());
      CertifiedNames names = CertifiedNames.of(own);
      if (names.isEmpty()) {
        return "";
      }
      if (!names.include(host)) {
        return "its certificate is for " + Printable.text(names.toString());
      }
      Instant now = Instant.now();
      if (now.isAfter(own.getNotAfter().toInstant())) {
        return "its certificate was valid until " + own.getNotAfter().toInstant();
      }
      checkIssuers(server.chain());
      return null;
    } catch (GeneralSecurityException | IOException e) {
      return "its certificate does not count: " + Printable.text(why(e));
    }
  }

  /** The innermost reason, in words: what the JDK says around it names its classes. */
  private static String why(Throwable thrown) {
    return switch (thrown) {
      case FileSystemException e -> e.getFile() + " cannot be read";
      case IOException e -> e.getMessage();
      case CertPathBuilderException _ -> NOBODY;
      case CertPathValidatorException e when UNISSUED.contains(e.getReason()) -> NOBODY;
      case CertPathValidatorException e when UNTIMELY.contains(e.getReason()) ->
          "a certificate that it rests on is not valid yet, or not any more";
      case Throwable e when e.getCause() != null -> why(e.getCause());
      default -> Objects.requireNonNullElse(thrown.getMessage(), "it cannot be checked");
    };
  }

  private void checkIssuers(List<Bytes> encoded) throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (Bytes certificate : encoded) {
      chain.add(CertificateChain.parse(certificate.toArray()));
    }
    KeyStore anchors = anchors(chain);
    if (anchors != null && anchors.size() == 0) {
      throw new IOException(NOBODY);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        x509.checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
      }
    }
  }

  /** Those whose names are among the issuers of a chain; null: the JDK's own. */
  private KeyStore anchors(List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    Path file = bundle;
    if (file == null) {
      file = BUNDLES.stream().filter(Files::isReadable).findFirst().orElse(null);
    }
    if (file == null) {
      return null;
    }
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    String pem = Files.readString(file, StandardCharsets.ISO_8859_1);
    for (byte[] der : Pem.blocks(pem, Pem.CERTIFICATE)) {
      byte[] subject = Der.subjectOf(der);
      if (chain.stream().anyMatch(each -> isIssuer(subject, each))) {
        anchors.setCertificateEntry("ca" + anchors.size(), CertificateChain.parse(der));
      }
    }
    return anchors;
  }

  private static boolean isIssuer(byte[] subject, X509Certificate certificate) {
    return Arrays.equals(subject, certificate.getIssuerX500Principal().getEncoded());
  }
}

package dev.ferry.transfer.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The hosts that a certificate is for (RFC 9525): its subject alternative names, and no other. */
final class CertifiedNames {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private static final String ANY = "*";

  private final List<String> names = new ArrayList<>();
  private final List<InetAddress> addresses = new ArrayList<>();

  /** Those of a certificate; none if they cannot be read. */
  static CertifiedNames of(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return new CertifiedNames(all == null ? List.of() : all);
    } catch (CertificateParsingException _) {
      return new CertifiedNames(List.of());
    }
  }

  /**
   * Alternative names.
   *
   * @param all a number for the kind of each, then its text
   */
  CertifiedNames(Collection<List<?>> all) {
    try {
      for (List<?> name : all) {
        if (name.getFirst().equals(DNS)) {
          names.add(((String) name.getLast()).toLowerCase(Locale.ROOT));
        } else if (name.getFirst().equals(ADDRESS)) {
          addresses.add(InetAddress.ofLiteral((String) name.getLast()));
        }
      }
    } catch (IllegalArgumentException _) {
      names.clear();
      addresses.clear();
    }
  }

  boolean isEmpty() {
    return names.isEmpty() && addresses.isEmpty();
  }

  /**
   * Whether this host is one of them.
   *
   * @param host a name or an address, as a person wrote it
   */
  boolean include(String host) {
    try {
      return addresses.contains(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return includeName(host);
    }
  }

  private boolean includeName(String host) {
    String name;
    try {
      name = IDN.toASCII(host).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      return false;
    }
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return names.stream().anyMatch(certified -> covers(certified, plain));
  }

  /** A first label of just {@code *} stands for any one label, before two others at least. */
  private static boolean covers(String certified, String name) {
    if (!certified.startsWith(ANY + ".")) {
      return certified.equals(name);
    }
    String rest = certified.substring(ANY.length());
    int dot = name.indexOf('.');
    return dot > 0 && rest.indexOf('.', 1) > 0 && name.substring(dot).equals(rest);
  }

  @Override
  public String toString() {
    List<String> all = new ArrayList<>(names);
    addresses.forEach(address -> all.add(address.getHostAddress()));
    return String.join(", ", all);
  }
}

package dev.ferry.transfer.tls;

import java.io.IOException;

/** Where TLS comes from. Both speak TLS 1.3 only, with AES-128-GCM where the other side can. */
public enum TlsProvider {
  /** Much faster in a process that has just started, and faster later; needs its native library. */
  BORINGSSL {
    @Override
    public TlsContext client() throws IOException {
      return BoringContext.client();
    }

    @Override
    public TlsContext server(Identity identity) throws IOException {
      return BoringContext.server(identity);
    }

    @Override
    public String missing() {
      return BoringLibrary.missing();
    }
  },

  /** In every JDK. */
  JDK {
    @Override
    public TlsContext client() throws IOException {
      return JdkContext.client();
    }

    @Override
    public TlsContext server(Identity identity) throws IOException {
      return JdkContext.server(identity);
    }

    @Override
    public String missing() {
      return null;
    }
  };

  private static final String CHOICE = "ferry.tls";

  /** BoringSSL where it can be had, unless the system property {@code ferry.tls} is {@code jdk}. */
  public static TlsProvider preferred() {
    boolean jdk = "jdk".equals(System.getProperty(CHOICE));
    return jdk || BORINGSSL.missing() != null ? JDK : BORINGSSL;
  }

  /** A client that takes any certificate: the caller compares what it proved. */
  public abstract TlsContext client() throws IOException;

  /** A server of this identity, which asks clients for none. */
  public abstract TlsContext server(Identity identity) throws IOException;

  /** Why it cannot be had here, or null. */
  public abstract String missing();

  /** For people: which engines there are, and which is in use. */
  public static String describe() {
    String missing = BORINGSSL.missing();
    if (missing != null) {
      return "TLS by the JDK (no BoringSSL: %s)".formatted(missing);
    }
    return preferred() == BORINGSSL
        ? "TLS by %s (the JDK could do it too)".formatted(BoringLibrary.version())
        : "TLS by the JDK, as the property ferry.tls says";
  }
}

package dev.ferry.transfer.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's context. No session is ever resumed: clients look none up, since engines are made
 * without a host's name, and servers issue no tickets.
 */
final class JdkContext implements TlsContext {
  private static final String VERSION = "TLSv1.3";
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
  };

  /** Tickets must not live for longer than a week (RFC 8446, 4.6.1): for this long none is made. */
  private static final int NO_TICKETS_SECONDS = 7 * 24 * 60 * 60 + 1;

  private final SSLContext context;
  private final boolean server;

  private JdkContext(SSLContext context, boolean server) {
    this.context = context;
    this.server = server;
  }

  static JdkContext client() throws IOException {
    return make(null, new TrustManager[] {new AnyCertificate()}, false);
  }

  static JdkContext server(Identity identity) throws IOException {
    List<X509Certificate> chain = new ArrayList<>();
    for (byte[] der : identity.chain()) {
      chain.add(CertificateChain.parse(der));
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance(chain.getFirst().getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(identity.key()));
      return make(new KeyManager[] {new OneKey(chain, key)}, null, true);
    } catch (GeneralSecurityException e) {
      throw new SSLException("the JDK cannot use the server's key: " + e.getMessage(), e);
    }
  }

  private static JdkContext make(KeyManager[] keys, TrustManager[] trust, boolean server)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(keys, trust, null);
      context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
      return new JdkContext(context, server);
    } catch (GeneralSecurityException e) {
      throw new SSLException("the JDK has no TLS 1.3: " + e.getMessage(), e);
    }
  }

  @Override
  public TlsEngine newEngine() throws IOException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(!server);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {VERSION});
    parameters.setCipherSuites(SUITES);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    engine.beginHandshake();
    return new JdkEngine(engine, server);
  }

  @Override
  public void close() {
    // It is memory of the JVM's.
  }

  /** Whose key it is, is what the caller of the engine compares. */
  private static final class AnyCertificate extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** The server's key, for whoever asks. */
  private static final class OneKey extends X509ExtendedKeyManager {
    private static final String NAME = "ferry";

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    OneKey(List<X509Certificate> chain, PrivateKey key) {
      this.chain = chain;
      this.key = key;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return chain.getFirst().getPublicKey().getAlgorithm().equals(type) ? NAME : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[] {NAME};
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return NAME;
    }
  }
}

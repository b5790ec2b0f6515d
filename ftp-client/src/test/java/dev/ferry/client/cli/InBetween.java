package dev.ferry.client.cli;

import dev.ferry.transfer.tls.Identity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Somebody between a client and its server, with a certificate of their own: takes encryption off
 * on one side, puts it on on the other, and writes down what the client said.
 */
final class InBetween implements AutoCloseable {
  private static final char[] NO_PASSWORD = {};

  private final Identity identity = Identity.generate();
  private final SSLContext context;
  private final ServerSocket listener;
  private final int port;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** In front of a server on this machine. */
  InBetween(int port) throws IOException, GeneralSecurityException {
    this.port = port;
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store(identity.pem()), NO_PASSWORD);
    context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, null);
    listener =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  private static KeyStore store(String pem) throws IOException, GeneralSecurityException {
    String[] words = pem.split("-----[A-Z ]*-----", -1);
    byte[] key = Base64.getMimeDecoder().decode(words[1]);
    Certificate own =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(words[3])));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
        NO_PASSWORD,
        new Certificate[] {own});
    return store;
  }

  String fingerprint() {
    return identity.fingerprint().text();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** All that clients said within the encryption. */
  byte[] heard() {
    synchronized (heard) {
      return heard.toByteArray();
    }
  }

  /** The types of the frames among it. */
  List<Integer> frames() {
    List<Integer> types = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(heard());
    while (bytes.remaining() >= 8) {
      int length = bytes.getInt();
      types.add((int) bytes.get());
      bytes.position(Math.min(bytes.limit(), bytes.position() + 3 + length));
    }
    return types;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server =
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        open.add(client);
        open.add(server);
        Thread.ofPlatform().daemon().start(() -> pump(client, server, true));
        Thread.ofPlatform().daemon().start(() -> pump(server, client, false));
      }
    } catch (IOException _) {
      // The test is over.
    }
  }

  private void pump(Socket from, Socket to, boolean listening) {
    byte[] buffer = new byte[8 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (listening) {
          synchronized (heard) {
            heard.write(buffer, 0, count);
          }
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException _) {
      // One of the two is gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {
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
}

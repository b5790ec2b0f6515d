package dev.ferry.transfer.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTest {
  @Test
  void itsCertificateIsOneThatOthersUnderstand() throws Exception {
    Identity identity = Identity.generate();
    X509Certificate certificate = parsed(identity);
    certificate.checkValidity();
    certificate.verify(certificate.getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=ferryd");
    assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    assertThat(identity.fingerprint().text())
        .isEqualTo("SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash));
  }

  @Test
  void comesBackFromItsText() throws Exception {
    Identity identity = Identity.generate();
    assertThat(Identity.parse(identity.pem()).fingerprint()).isEqualTo(identity.fingerprint());
    assertThat(Identity.generate().fingerprint()).isNotEqualTo(identity.fingerprint());
    assertThat(identity).asString().doesNotContain("PRIVATE");
  }

  @Test
  void aTextThatIsNoneSaysWhatIsMissing() {
    assertThatThrownBy(() -> Identity.parse("hello"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PRIVATE KEY");
  }

  @Test
  void brokenCertificatesAreRefusedAndNothingElse() {
    byte[] good = Identity.generate().chain().getFirst();
    Random random = new Random(9021);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int changes = random.nextInt(4); changes > 0 && bad.length > 0; changes--) {
        bad[random.nextInt(Math.min(bad.length, 40))] = (byte) random.nextInt();
      }
      try {
        KeyFingerprint.of(bad);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("certificate");
      }
    }
  }

  @Test
  void fingerprintsHaveOneShape() {
    assertThatThrownBy(() -> new KeyFingerprint("SHA256:abc"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyFingerprint("MD5:" + "a".repeat(43)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Whoever shows the certificate of another, without its key, is found out. */
  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void aCertificateWithoutItsKeyProvesNothing(TlsProvider provider) throws Exception {
    Assumptions.assumeTrue(provider.missing() == null, provider.missing());
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair other = generator.generateKeyPair();
    List<byte[]> stolen = Identity.generate().chain();
    Identity posing = new Identity(other.getPrivate().getEncoded(), stolen);
    TlsEngine server = JdkContext.server(posing).newEngine();
    try (TlsContext context = provider.client()) {
      TlsEngine client = context.newEngine();
      try {
        assertThatThrownBy(() -> shakeHands(client, server)).isInstanceOf(SSLException.class);
      } finally {
        client.release();
      }
    }
  }

  /** The first proves something, the others are what clients may find useful. */
  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void theWholeChainArrives(TlsProvider provider) throws Exception {
    Assumptions.assumeTrue(provider.missing() == null, provider.missing());
    Identity own = Identity.generate();
    List<byte[]> chain = List.of(own.chain().getFirst(), Identity.generate().chain().getFirst());
    TlsEngine server = TlsProvider.JDK.server(new Identity(own.key(), chain)).newEngine();
    try (TlsContext context = provider.client()) {
      TlsEngine client = context.newEngine();
      shakeHands(client, server);
      assertThat(client.peer()).isEqualTo(ServerIdentity.of(chain));
      client.release();
    }
  }

  private static void shakeHands(TlsEngine client, TlsEngine server) throws IOException {
    ByteBuffer there = buffer(client).flip();
    ByteBuffer back = buffer(server).flip();
    for (int i = 0; i < 10; i++) {
      step(client, back, there);
      step(server, there, back);
    }
  }

  /** The two engines may want different kinds of buffers. */
  private static void step(TlsEngine engine, ByteBuffer in, ByteBuffer out) throws IOException {
    ByteBuffer input = buffer(engine).put(in).flip();
    ByteBuffer output = buffer(engine);
    engine.handshake(input, output);
    in.clear().put(input).flip();
    out.compact().put(output.flip()).flip();
  }

  private static ByteBuffer buffer(TlsEngine engine) {
    int size = 2 * TlsEngine.ROOM;
    return engine.wantsDirect() ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
  }

  private static X509Certificate parsed(Identity identity) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(identity.chain().getFirst()));
  }
}

package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.tls.KeyFingerprint;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that shows a certificate which somebody else issued. */
class CertificateTest {
  /** An idle limit from which a quick tick of the clock follows. */
  private static final int IDLE_MILLIS = 200;

  @TempDir static Path temp;
  private static Authority authority;
  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  @BeforeAll
  static void make() throws IOException {
    authority = new Authority(temp);
  }

  @AfterEach
  void forgetChoice() {
    System.clearProperty("ferry.tls");
  }

  private static void choose(TlsProvider provider) {
    Assumptions.assumeTrue(provider.missing() == null, provider.missing());
    if (provider == TlsProvider.JDK) {
      System.setProperty("ferry.tls", "jdk");
    }
  }

  private FerryServer serve(CertificateFiles files) throws IOException {
    return fixture
        .on(root)
        .plaintext(false)
        .certificate(files)
        .times(ServerFixture.times(60_000, IDLE_MILLIS, 60_000))
        .start();
  }

  private static KeyFingerprint shown(FerryServer server) throws IOException {
    try (TlsContext context = TlsProvider.preferred().client();
        Link link =
            new Link(
                new Endpoint.Tcp("127.0.0.1", server.port()).connect(Duration.ofSeconds(10)),
                "ferryd",
                LinkTimes.STANDARD,
                context.newEngine())) {
      return link.secure().fingerprint();
    }
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void theWholeChainIsShown(TlsProvider provider) throws IOException {
    choose(provider);
    CertificateFiles files = authority.issue("server");
    try (FerryServer server = serve(files)) {
      String said =
          authority.openssl(
              "s_client",
              "-connect",
              "127.0.0.1:" + server.port(),
              "-verify_return_error",
              "-verify_hostname",
              "localhost",
              "-CAfile",
              "root.pem");
      assertThat(said).contains("Verify return code: 0 (ok)", "TLSv1.3");
      assertThat(shown(server))
          .isEqualTo(server.fingerprint())
          .isEqualTo(CertificateFiles.fingerprint(files.certificate()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rsa:2048, rsa, ''",
    "ec, ec, ec_paramgen_curve:P-384",
    "ec, ec, ec_paramgen_curve:P-256"
  })
  void allFormsOfKeysWillDo(String newKey, String tool, String curve) throws IOException {
    CertificateFiles files =
        curve.isEmpty()
            ? authority.issue("server", "-newkey", newKey)
            : authority.issue("server", "-newkey", newKey, "-pkeyopt", curve);
    KeyFingerprint fingerprint = CertificateFiles.fingerprint(files.certificate());
    authority.openssl("pkey", "-in", "server.key", "-out", "old.key", "-traditional");
    Path old = temp.resolve("old.key");
    close(old);
    assertThat(Files.readString(old))
        .contains("BEGIN " + tool.toUpperCase(Locale.ROOT) + " PRIVATE KEY");
    for (CertificateFiles each :
        new CertificateFiles[] {files, new CertificateFiles(files.certificate(), old)}) {
      for (TlsProvider provider : TlsProvider.values()) {
        choose(provider);
        try (FerryServer server = serve(each)) {
          assertThat(shown(server)).isEqualTo(fingerprint);
        }
        forgetChoice();
      }
    }
  }

  @Test
  void bothInOneFileWillDo() throws IOException {
    CertificateFiles files = authority.issue("server");
    Path both = temp.resolve("both");
    Files.writeString(both, Files.readString(files.key()) + Files.readString(files.certificate()));
    close(both);
    try (FerryServer server = serve(new CertificateFiles(both, both))) {
      assertThat(shown(server)).isEqualTo(CertificateFiles.fingerprint(files.certificate()));
    }
  }

  // ---- what is refused

  private void refused(CertificateFiles files, Instant now, String... words) {
    assertThatThrownBy(() -> files.read(now))
        .isInstanceOfSatisfying(
            StartException.class,
            e -> assertThat(e.problem()).isEqualTo(StartException.Problem.STATE))
        .message()
        .contains(words)
        .doesNotContain("\n");
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    CertificateFiles good = authority.issue("server");
    Instant now = Instant.now();
    Path certificate = good.certificate();
    refused(good, now.plus(Duration.ofDays(30)), certificate.toString(), "was valid until");
    refused(good, now.minus(Duration.ofDays(30)), certificate.toString(), "is valid from");
    Path none = temp.resolve("none");
    refused(new CertificateFiles(none, good.key()), now, "certificate " + none, "does not exist");
    refused(new CertificateFiles(certificate, none), now, "key " + none, "does not exist");
    refused(new CertificateFiles(good.key(), good.key()), now, "no CERTIFICATE");
    refused(new CertificateFiles(temp, good.key()), now, "not a regular file");
    CertificateFiles other = authority.issue("other");
    refused(
        new CertificateFiles(certificate, other.key()),
        now,
        "not the key of the first",
        "CN=server");
    Path broken =
        Files.writeString(
            temp.resolve("broken"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    refused(new CertificateFiles(broken, good.key()), now, "cannot be read");
  }

  @Test
  void keysOpenToOthersAreRefused() throws IOException {
    CertificateFiles good = authority.issue("server");
    for (String open : new String[] {"rw-r--r--", "rw-----w-", "rw--w----"}) {
      Files.setPosixFilePermissions(good.key(), PosixFilePermissions.fromString(open));
      refused(good, Instant.now(), "others than its owner", "chmod 600 " + good.key());
    }
  }

  @Test
  void encryptedKeysAreRefused() throws IOException {
    CertificateFiles good = authority.issue("server");
    Path locked = temp.resolve("locked");
    String[] locking = {"pkey", "-in", "server.key", "-out", "locked", "-aes256", "-passout"};
    for (String form : List.of("-traditional", "-text")) {
      List<String> words = new ArrayList<>(List.of(locking));
      words.addAll(List.of("pass:x", form));
      authority.openssl(words.toArray(String[]::new));
      close(locked);
      refused(new CertificateFiles(good.certificate(), locked), Instant.now(), "is encrypted");
    }
  }

  @Test
  void keysThatClientsMayNotKnowAreRefused() throws IOException {
    refused(authority.issue("a", "-newkey", "ed25519"), Instant.now(), "P-256");
    refused(
        authority.issue("b", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"),
        Instant.now(),
        "P-256");
    refused(authority.issue("c", "-newkey", "rsa:1024"), Instant.now(), "2048 bits");
  }

  // ---- while it runs

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void newFilesAreShownWithoutARestart(TlsProvider provider) throws IOException {
    choose(provider);
    CertificateFiles files = authority.issue("server");
    CertificateFiles renewed = authority.issue("renewed");
    try (FerryServer server = serve(files)) {
      KeyFingerprint before = shown(server);
      move(renewed.certificate(), files.certificate());
      move(renewed.key(), files.key());
      await().until(() -> !shown(server).equals(before));
      assertThat(shown(server)).isEqualTo(server.fingerprint()).isNotEqualTo(before);
      assertThat(fixture.lines("certificate"))
          .singleElement()
          .asString()
          .contains("level=info", server.fingerprint().text());
    }
  }

  @Test
  void brokenOnesLeaveTheOldOnesServing() throws IOException {
    CertificateFiles files = authority.issue("server");
    Path kept = Files.copy(files.key(), temp.resolve("kept"));
    try (FerryServer server = serve(files)) {
      KeyFingerprint before = shown(server);
      move(authority.issue("other").key(), files.key());
      await().until(() -> !fixture.lines("certificate").isEmpty());
      assertThat(shown(server)).isEqualTo(before);
      assertThat(fixture.lines("certificate"))
          .singleElement()
          .asString()
          .contains("level=error", "not the key of the first", "the one before is served on");
      Files.delete(files.key());
      await().until(() -> fixture.lines("certificate").size() == 2);
      assertThat(shown(server)).isEqualTo(before);
      move(kept, files.key());
      await().until(() -> fixture.lines("certificate").size() == 3);
      assertThat(shown(server)).isEqualTo(before);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    close(from);
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void close(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}

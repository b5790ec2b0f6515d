package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.CertificateFiles;
import dev.ferry.server.FerryServer;
import dev.ferry.server.ServerBuilder;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers whose certificate the system trusts, and those where it is not quite so. */
class AuthoritiesTest {
  private static final String LOCALHOST = "subjectAltName=DNS:localhost";

  @TempDir static Path shared;
  private static Authority authority;

  @TempDir Path temp;
  private Map<String, String> environment;
  private Endpoint endpoint = new Endpoint.Tcp("127.0.0.1", 0);

  @BeforeAll
  static void make() throws IOException {
    authority = new Authority(shared);
  }

  @BeforeEach
  void trust() throws IOException {
    Files.createDirectory(temp.resolve("root"));
    environment =
        Map.of(
            "FERRY_CONFIG_DIR",
            temp.resolve("config").toString(),
            "SSL_CERT_FILE",
            authority.root().toString());
  }

  @AfterEach
  void forgetChoice() {
    System.clearProperty("ferry.tls");
  }

  private FerryServer serve(UnaryOperator<ServerBuilder> identity) throws IOException {
    ServerBuilder builder =
        FerryServer.serving(temp.resolve("root"))
            .listen(endpoint)
            .anonymous(Role.READER)
            .drain(Duration.ZERO);
    FerryServer server = identity.apply(builder).start();
    endpoint = server.endpoint();
    return server;
  }

  private FerryServer serve(String name, String... extensions) throws IOException {
    CertificateFiles files = authority.issue(name, extensions);
    return serve(builder -> builder.certificate(files));
  }

  private Result stat(FerryServer server, String host, String... options) {
    String[] words = new String[options.length + 2];
    words[0] = "stat";
    System.arraycopy(options, 0, words, 1, options.length);
    words[words.length - 1] = "ferry://%s:%d/".formatted(host, server.port());
    return Program.in(temp).run(environment, words);
  }

  private Path pins() {
    return temp.resolve("config/known_servers");
  }

  private void refused(Result result, String... words) {
    assertThat(result.code()).isEqualTo(ExitCode.IDENTITY);
    assertThat(result.message()).contains(words);
  }

  @ParameterizedTest
  @EnumSource(TlsProvider.class)
  void validCertificateNeedsNoQuestionAndNoPin(TlsProvider provider) throws IOException {
    Assumptions.assumeTrue(provider.missing() == null, provider.missing());
    System.setProperty("ferry.tls", provider == TlsProvider.JDK ? "jdk" : "");
    try (FerryServer server = serve("valid", LOCALHOST + ",IP:127.0.0.1")) {
      for (String host : new String[] {"localhost", "LOCALHOST", "127.0.0.1", "127.0.0.1"}) {
        Result result = stat(server, host);
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isEqualTo(ExitCode.OK);
      }
      assertThat(pins())
          .hasContent(
              "localhost:%1$d certificate\n127.0.0.1:%1$d certificate".formatted(server.port()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subjectAltName=DNS:a.example,DNS:b.example | is for a.example, b.example",
        "subjectAltName=IP:127.0.0.1 | is for 127.0.0.1",
        "subjectAltName=DNS:*.localhost | is for *.localhost",
        "basicConstraints=CA:FALSE | is not known yet; its fingerprint"
      })
  void certificateOfAnotherHostIsOfNoUse(String names, String words) throws IOException {
    try (FerryServer server = serve("localhost", names)) {
      refused(stat(server, "localhost"), words, server.fingerprint().text(), "--accept-new");
      assertThat(stat(server, "localhost", "--accept-new", "-q").code()).isEqualTo(ExitCode.OK);
      assertThat(pins()).content().contains("localhost:" + server.port() + " SHA256:");
    }
  }

  @Test
  void certificateForOtherPurposesIsOfNoUse() throws IOException {
    try (FerryServer server = serve("client", LOCALHOST, "extendedKeyUsage=clientAuth")) {
      refused(stat(server, "localhost"), "does not count", "TLS server");
    }
  }

  @Test
  void issuersThatAreUnknownOrMissingAreOfNoUse() throws IOException {
    CertificateFiles whole = authority.issue("valid", LOCALHOST);
    String text = Files.readString(whole.certificate());
    Path alone = temp.resolve("alone.pem");
    Files.writeString(alone, text.substring(0, text.lastIndexOf("-----BEGIN")));
    CertificateFiles files = new CertificateFiles(alone, whole.key());
    try (FerryServer server = serve(builder -> builder.certificate(files))) {
      refused(stat(server, "localhost"), "no authority that this system trusts");
    }
    environment = Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString());
    try (FerryServer server = serve(builder -> builder.certificate(whole))) {
      refused(stat(server, "localhost"), "no authority that this system trusts");
    }
  }

  @Test
  void anIssuerOfTheSameNameIsToldInWords() throws IOException {
    Authority other = new Authority(Files.createDirectory(temp.resolve("other")));
    CertificateFiles issued = other.issue("valid", LOCALHOST);
    try (FerryServer server = serve(builder -> builder.certificate(issued))) {
      refusedInWords(server, "count: no authority that this system trusts has issued it)");
    }
    CertificateFiles trusted = other.selfSigned("c1", "localhost", LOCALHOST);
    CertificateFiles own = other.selfSigned("c2", "localhost", LOCALHOST);
    trust(trusted.certificate());
    try (FerryServer server = serve(builder -> builder.certificate(own))) {
      refusedInWords(server, "count: no authority that this system trusts has issued it)");
      trust(temp.resolve("nix.pem"));
      refusedInWords(server, "count: " + temp.resolve("nix.pem") + " cannot be read)");
    }
  }

  private void trust(Path bundle) {
    environment =
        Map.of("FERRY_CONFIG_DIR", temp.resolve("config").toString(), "SSL_CERT_FILE", "" + bundle);
  }

  private void refusedInWords(FerryServer server, String words) {
    Result result = stat(server, "localhost");
    refused(result, words);
    assertThat(result.message()).doesNotContain("Exception", "PKIX");
  }

  @Test
  void renewalWithAnotherKeyIsNoChange() throws IOException {
    try (FerryServer server = serve("one", LOCALHOST)) {
      assertThat(stat(server, "localhost").code()).isEqualTo(ExitCode.OK);
    }
    try (FerryServer server = serve("two", LOCALHOST)) {
      assertThat(stat(server, "localhost").code()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void serverThatLosesItsCertificateIsRefusedWhateverIsAsked() throws IOException {
    try (FerryServer server = serve("valid", LOCALHOST)) {
      assertThat(stat(server, "localhost").code()).isEqualTo(ExitCode.OK);
    }
    try (FerryServer server = serve(builder -> builder)) {
      refused(
          stat(server, "localhost", "--accept-new"),
          "has changed its identity",
          "valid certificate",
          pins() + ":1");
    }
  }

  @Test
  void pinnedServerStaysPinned() throws IOException {
    try (FerryServer server = serve(builder -> builder)) {
      assertThat(stat(server, "localhost", "--accept-new", "-q").code()).isEqualTo(ExitCode.OK);
    }
    try (FerryServer server = serve("valid", LOCALHOST)) {
      refused(
          stat(server, "localhost", "--accept-new"),
          "has changed its identity",
          "with a valid certificate",
          pins() + ":1");
    }
  }

  @Test
  void fingerprintThatIsAskedForDecidesAlone() throws IOException {
    try (FerryServer server = serve("valid", LOCALHOST)) {
      String wrong = "SHA256:" + "A".repeat(43);
      refused(stat(server, "localhost", "--fingerprint", wrong), wrong);
      String right = server.fingerprint().text();
      assertThat(stat(server, "localhost", "--fingerprint", right).code()).isEqualTo(ExitCode.OK);
      assertThat(pins()).doesNotExist();
    }
  }
}

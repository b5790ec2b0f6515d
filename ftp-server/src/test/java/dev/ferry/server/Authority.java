package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates by the system's openssl: of a root, and of one below it that signs for servers. */
final class Authority {
  private static final String[] P256 = {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"};

  private static final Path NOTHING = Path.of("/dev/null");

  private final Path folder;

  /** Makes both, in this folder. */
  Authority(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("ca.ext"), "basicConstraints=critical,CA:TRUE\n");
    request("root", P256);
    sign("root", "ca.ext", "-signkey", "root.key");
    request("middle", P256);
    sign("middle", "ca.ext", "-CA", "root.pem", "-CAkey", "root.key");
  }

  Path root() {
    return folder.resolve("root.pem");
  }

  /** For localhost, with a key on P-256. */
  CertificateFiles issue(String name) throws IOException {
    return issue(name, P256);
  }

  /**
   * For localhost.
   *
   * @param newKey what openssl is told about the key
   */
  CertificateFiles issue(String name, String... newKey) throws IOException {
    Files.writeString(folder.resolve("server.ext"), "subjectAltName=DNS:localhost\n");
    request(name, newKey);
    sign(name, "server.ext", "-CA", "middle.pem", "-CAkey", "middle.key");
    Path own = folder.resolve(name + ".pem");
    Files.writeString(own, Files.readString(own) + Files.readString(folder.resolve("middle.pem")));
    return new CertificateFiles(own, folder.resolve(name + ".key"));
  }

  private void request(String name, String... newKey) throws IOException {
    Files.deleteIfExists(folder.resolve(name + ".key")); // It would keep its permissions.
    List<String> words = new ArrayList<>(List.of("req", "-new", "-nodes", "-sha256"));
    words.addAll(Arrays.asList(newKey));
    words.addAll(List.of("-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name));
    openssl(words.toArray(String[]::new));
  }

  private void sign(String name, String extensions, String... issuer) throws IOException {
    List<String> words = new ArrayList<>(List.of("x509", "-req", "-days", "7", "-sha256"));
    words.addAll(List.of("-in", name + ".csr", "-out", name + ".pem", "-extfile", extensions));
    words.addAll(Arrays.asList(issuer));
    openssl(words.toArray(String[]::new));
  }

  /** Runs it in the folder; what it prints. */
  String openssl(String... arguments) throws IOException {
    return openssl(true, NOTHING, arguments);
  }

  /**
   * The same.
   *
   * @param success whether it is expected to end well
   * @param input what it reads
   */
  String openssl(boolean success, Path input, String... arguments) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    List<String> words = new ArrayList<>(List.of("/usr/bin/openssl"));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(process.exitValue() == 0).as(said).isEqualTo(success);
    return said;
  }
}

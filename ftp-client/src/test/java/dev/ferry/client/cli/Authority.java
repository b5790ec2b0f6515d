package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.server.CertificateFiles;
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

  private final Path folder;

  /** Makes both, in this folder. */
  Authority(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("ca.ext"), "basicConstraints=critical,CA:TRUE\n");
    request("root", "root");
    sign("root", "ca.ext", "-signkey", "root.key");
    request("middle", "middle");
    sign("middle", "ca.ext", "-CA", "root.pem", "-CAkey", "root.key");
  }

  Path root() {
    return folder.resolve("root.pem");
  }

  /**
   * A certificate with its key and its issuer.
   *
   * @param extensions as openssl reads them: {@code subjectAltName=DNS:localhost}
   */
  CertificateFiles issue(String name, String... extensions) throws IOException {
    Files.write(folder.resolve("server.ext"), List.of(extensions));
    request(name, name);
    sign(name, "server.ext", "-CA", "middle.pem", "-CAkey", "middle.key");
    Path own = folder.resolve(name + ".pem");
    Files.writeString(own, Files.readString(own) + Files.readString(folder.resolve("middle.pem")));
    return new CertificateFiles(own, folder.resolve(name + ".key"));
  }

  /**
   * A certificate that nobody else has issued, with its key.
   *
   * @param file what its files are called
   * @param name whom it names
   */
  CertificateFiles selfSigned(String file, String name, String... extensions) throws IOException {
    Files.write(folder.resolve("server.ext"), List.of(extensions));
    request(file, name);
    sign(file, "server.ext", "-signkey", file + ".key");
    return new CertificateFiles(folder.resolve(file + ".pem"), folder.resolve(file + ".key"));
  }

  private void request(String file, String name) throws IOException {
    Files.deleteIfExists(folder.resolve(file + ".key")); // It would keep its permissions.
    List<String> words = new ArrayList<>(List.of("req", "-new", "-nodes", "-sha256"));
    words.addAll(Arrays.asList(P256));
    words.addAll(List.of("-keyout", file + ".key", "-out", file + ".csr", "-subj", "/CN=" + name));
    openssl(words.toArray(String[]::new));
  }

  private void sign(String name, String extensions, String... issuer) throws IOException {
    List<String> words = new ArrayList<>(List.of("x509", "-req", "-days", "7", "-sha256"));
    words.addAll(List.of("-in", name + ".csr", "-out", name + ".pem", "-extfile", extensions));
    words.addAll(Arrays.asList(issuer));
    openssl(words.toArray(String[]::new));
  }

  private void openssl(String... arguments) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is missing");
    List<String> words = new ArrayList<>(List.of("/usr/bin/openssl"));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(process.exitValue()).as(said).isZero();
  }
}

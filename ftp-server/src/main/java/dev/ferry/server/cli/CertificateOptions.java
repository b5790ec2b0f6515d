package dev.ferry.server.cli;

import dev.ferry.server.CertificateFiles;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** An identity that somebody else certified, for {@code ferryd serve}. */
final class CertificateOptions {
  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      required = true,
      description =
          "Show this certificate (PEM, with those of its issuers behind it) instead of a"
              + " self-signed one; read again when it changes.")
  Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The private key for it (PEM, not encrypted, closed to other users).")
  Path key;

  CertificateFiles files() {
    return new CertificateFiles(certificate, key);
  }
}

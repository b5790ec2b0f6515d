package dev.ferry.server;

import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.StateException;
import dev.ferry.transfer.tls.CertificateChain;
import dev.ferry.transfer.tls.Identity;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A server's identity that its operator got from somebody else, in PEM. Links are followed: what
 * renews certificates likes to swap them.
 *
 * @param certificate with those of its issuers behind it
 * @param key the private key for it; may be the same file
 */
public record CertificateFiles(Path certificate, Path key) {
  private static final long LONGEST = 1 << 20;
  private static final String ROOT = "root";
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  /** What tells the files from those that were there before; both may be missing. */
  record Stamp(List<FileStamp> files) {}

  private record FileStamp(Object file, FileTime changed, long size) {
    static final FileStamp MISSING = new FileStamp(null, null, 0);
  }

  /**
   * What clients know a server by that shows a certificate.
   *
   * @throws StartException if the file cannot be used
   */
  public static KeyFingerprint fingerprint(Path certificate) throws StartException {
    try {
      return CertificateChain.parse(text(certificate)).fingerprint();
    } catch (IOException e) {
      throw refused("certificate", certificate, e);
    }
  }

  /**
   * Reads them.
   *
   * @throws StartException if they cannot be used: names the file, and says why
   */
  Identity read(Instant now) throws StartException {
    CertificateChain chain;
    try {
      chain = CertificateChain.parse(text(certificate));
      chain.checkTime(now);
    } catch (IOException e) {
      throw refused("certificate", certificate, e);
    }
    try {
      refuseOthers();
      return chain.with(text(key));
    } catch (IOException e) {
      throw refused("key", key, e);
    }
  }

  /** How they look now. */
  Stamp stamp() {
    List<FileStamp> files = new ArrayList<>();
    for (Path file : List.of(certificate, key)) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        files.add(new FileStamp(now.fileKey(), now.lastModifiedTime(), now.size()));
      } catch (IOException _) {
        files.add(FileStamp.MISSING);
      }
    }
    return new Stamp(files);
  }

  /** The key is for its owner only; one of root's may be lent to a group. */
  private void refuseOthers() throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(key, PosixFileAttributes.class);
    Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
    if (!attributes.owner().getName().equals(ROOT)) {
      open.add(PosixFilePermission.GROUP_READ);
    }
    open.retainAll(attributes.permissions());
    if (!open.isEmpty()) {
      throw new IOException("others than its owner may use it; run: chmod 600 " + key);
    }
  }

  private static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file) && Files.exists(file)) {
      throw new IOException("it is not a regular file");
    }
    if (Files.size(file) > LONGEST) {
      throw new IOException("it has more than %d bytes".formatted(LONGEST));
    }
    // Any bytes are text in this one: what is no PEM shows anyway.
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static StartException refused(String kind, Path file, IOException cause) {
    return new StartException(
        Problem.STATE,
        "cannot use the %s %s: %s".formatted(kind, file, StateException.reason(cause, file)),
        cause);
  }
}

package dev.ferry.client;

import dev.ferry.transfer.login.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Private keys in files, as OpenSSH keeps them, and their other halves beside them. */
public final class KeyFiles {
  /** Longer is no key. */
  private static final int MOST_BYTES = 64 << 10;

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFiles() {}

  /**
   * Reads one.
   *
   * @throws ProtectedKeyException if it needs a passphrase
   * @throws CredentialException if it is no key that is taken, or others may read it
   * @throws IOException if it cannot be read
   */
  public static PrivateKey read(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CredentialException(file + " is no file, and no key");
    }
    String text;
    try (FileChannel channel = FileChannel.open(file)) {
      text = text(file, channel);
    }
    if (text.startsWith("ssh-")) {
      throw new CredentialException(
          file + " is a public key; name the private one, which is mostly beside it without .pub");
    }
    checkPrivate(file);
    OpenSshKey key;
    try {
      key = OpenSshKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CredentialException(file + " " + e.getMessage());
    }
    if (key.seed() == null) {
      throw new ProtectedKeyException(file, key.publicKey());
    }
    return new PrivateKey(key.seed(), key.publicKey());
  }

  private static String text(Path file, FileChannel channel) throws IOException {
    if (channel.size() > MOST_BYTES) {
      throw new CredentialException(file + " is too long for a key");
    }
    ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until the end.
    }
    return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
  }

  private static void checkPrivate(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !OWNER.containsAll(view.readAttributes().permissions())) {
      throw new CredentialException(
          "others may use the key in %s; make it yours alone: chmod 600 %s".formatted(file, file));
    }
  }

  /** Where the other half of a key is kept. */
  public static Path publicHalf(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /**
   * Writes a key that nobody else can read, and its other half beside it, for all to see. Makes the
   * folder if it is missing. What fails leaves what was there.
   *
   * @param comment a line behind the public key, for people
   * @param replace whether files that are there may be replaced
   * @throws FileAlreadyExistsException if there are some, and they may not
   */
  public static void write(Path file, PrivateKey key, String comment, boolean replace)
      throws IOException {
    Path open = publicHalf(file);
    for (Path target : new Path[] {file, open}) {
      if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent(), permissions("rwx------"));
    publish(file, OpenSshKey.text(key, comment), "rw-------", replace);
    publish(open, line(key.publicKey(), comment) + "\n", "rw-r--r--", replace);
  }

  /** What stands in {@code authorized_keys} files, and is told to whoever runs a server. */
  public static String line(PublicKey key, String comment) {
    return key.text() + " " + comment;
  }

  private static FileAttribute<?> permissions(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }

  /** Whole or not at all. */
  private static void publish(Path file, String text, String mode, boolean replace)
      throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try {
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              permissions(mode))) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      if (replace) {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createLink(file, fresh); // unlike a move, it never replaces
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}

package dev.ferry.server;

import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.StateException;
import dev.ferry.transfer.tls.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The server's identity in its state folder: {@code identity.pem}, for its owner only. It is what
 * clients have pinned, so it is made once and never replaced.
 */
public final class IdentityFile {
  private static final String NAME = "identity.pem";
  private static final FileAttribute<?> OWNER_FILE = permissions("rw-------");
  private static final FileAttribute<?> OWNER_FOLDER = permissions("rwx------");
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private IdentityFile() {}

  /**
   * Reads it, or makes it if there is none yet; of two servers that make one at once, both get the
   * first.
   *
   * @param state the folder, made if missing
   * @throws StartException if it cannot be used; nothing was changed
   */
  public static Identity in(Path state) throws StartException {
    Path file = state.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(state, OWNER_FOLDER);
        make(file);
      }
      return read(file);
    } catch (StartException e) {
      throw e;
    } catch (IOException e) {
      throw refused(file, StateException.reason(e, file), e);
    }
  }

  private static Identity read(Path file) throws IOException {
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(OWNERS);
    if (!others.isEmpty()) {
      throw refused(file, "others than its owner may use it; run: chmod 600 " + file, null);
    }
    return Identity.parse(Files.readString(file, StandardCharsets.US_ASCII));
  }

  private static void make(Path file) throws IOException {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path fresh = file.resolveSibling(NAME + "." + random);
    byte[] text = Identity.generate().pem().getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OWNER_FILE)) {
      channel.write(ByteBuffer.wrap(text));
      channel.force(true);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException _) {
      // Somebody else was faster.
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static StartException refused(Path file, String why, IOException cause) {
    return new StartException(
        Problem.STATE, "cannot use the server's identity %s: %s".formatted(file, why), cause);
  }
}

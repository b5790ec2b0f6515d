package dev.ferry.server.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** The server's own files are its user's, and closed to all others. */
final class Ownership {
  private static final Path SELF = Path.of("/proc/self");
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private Ownership() {}

  /**
   * Refuses what is another user's, or open to others.
   *
   * @param mode what chmod has to be told
   */
  static void refuseOthers(Path path, PosixFileAttributes attributes, String mode)
      throws IOException {
    String owner = attributes.owner().getName();
    // Where the system does not tell who this is, permissions alone have to do.
    if (Files.exists(SELF) && !attributes.owner().equals(Files.getOwner(SELF))) {
      throw new StateException(
          "%s belongs to %s: run ferryd as that user, or take it over with chown"
              .formatted(path, owner));
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(OWNERS);
    others.addAll(attributes.permissions());
    others.removeAll(OWNERS);
    if (!others.isEmpty()) {
      throw new StateException(
          "%s is open to others than its owner; run: chmod %s %s".formatted(path, mode, path));
    }
  }
}

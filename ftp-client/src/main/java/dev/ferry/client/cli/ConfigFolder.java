package dev.ferry.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Where what is remembered between runs is kept, for the eyes of its owner only. */
public final class ConfigFolder {
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private ConfigFolder() {}

  /**
   * {@code FERRY_CONFIG_DIR}, else {@code $XDG_CONFIG_HOME/ferry}, else {@code ~/.config/ferry}.
   */
  public static Path of(Map<String, String> environment) {
    String named = environment.getOrDefault("FERRY_CONFIG_DIR", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return (xdg.isEmpty() ? home(environment).resolve(".config") : Path.of(xdg)).resolve("ferry");
  }

  /** {@code HOME}, else what the system knows about the user. */
  static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home") : home);
  }

  /**
   * A file in that folder, made if missing, that nobody else can read. What cannot be made is no
   * reason to have no shell.
   */
  public static Path file(Map<String, String> environment, String name) {
    Path file = of(environment).resolve(name);
    try {
      Files.createDirectories(file.getParent(), permissions(file, OWNER_FOLDER));
      if (!Files.exists(file)) {
        Files.createFile(file, permissions(file, OWNER_FILE));
      } else if (isPosix(file)) {
        Files.setPosixFilePermissions(file, OWNER_FILE);
      }
    } catch (IOException _) {
      // Then nothing is remembered.
    }
    return file;
  }

  private static FileAttribute<?>[] permissions(Path file, Set<PosixFilePermission> set) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}

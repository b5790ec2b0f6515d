package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The servers that were met before: a text file with a line {@code host:port SHA256:…} for each,
 * empty lines and lines that begin with {@code #}. Safe for use by many threads and processes.
 */
public final class KnownServers implements Trust {
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** File locks are the whole process's. */
  private static final ReentrantLock WRITING = new ReentrantLock();

  private final Path file;
  private final Consumer<String> warnings;

  private record Pin(KeyFingerprint identity, int line) {}

  /**
   * Those in a file, which need not exist yet.
   *
   * @param warnings hears about lines that cannot be read
   */
  public KnownServers(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  @Override
  public boolean check(Endpoint server, KeyFingerprint identity) throws IOException {
    Pin pin = find(server);
    if (pin == null) {
      throw new UnknownServerException(server, identity);
    }
    if (!pin.identity.equals(identity)) {
      throw new IdentityException(
          ("the server at %s has changed its identity: it is %s now, and %s:%d says %s. If it was"
                  + " set up anew, remove that line and connect again; if nobody knows of that,"
                  + " somebody may be in between")
              .formatted(server, identity, file, pin.line, pin.identity));
    }
    return true;
  }

  private Pin find(Endpoint server) throws IOException {
    String name = name(server);
    Pin found = null;
    int number = 0;
    for (String line : lines()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.strip().split("\\s+", 3);
      try {
        KeyFingerprint identity = new KeyFingerprint(words.length < 2 ? "" : words[1]);
        if (found == null && words[0].toLowerCase(Locale.ROOT).equals(name)) {
          found = new Pin(identity, number);
        }
      } catch (IllegalArgumentException e) {
        warnings.accept("%s:%d is ignored: %s".formatted(file, number, e.getMessage()));
      }
    }
    return found;
  }

  /** Remembers a server that is not known yet. */
  @Override
  public void remember(Endpoint server, KeyFingerprint identity) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, OWNER_FOLDER);
    WRITING.lock();
    try (FileChannel lock = open(file.resolveSibling(file.getFileName() + ".lock"))) {
      lock.lock();
      String text = String.join("", lines().stream().map(line -> line + "\n").toList());
      replace(text + name(server) + " " + identity + "\n");
    } finally {
      WRITING.unlock();
    }
  }

  private void replace(String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel = open(fresh)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_FILE);
  }

  private List<String> lines() throws IOException {
    try {
      // Any bytes are text in this one: what is no fingerprint shows anyway.
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException _) {
      return List.of();
    }
  }

  private static String name(Endpoint server) {
    return server.toString().toLowerCase(Locale.ROOT);
  }
}

package dev.ferry.client;

import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.Authorities;
import dev.ferry.transfer.tls.KeyFingerprint;
import dev.ferry.transfer.tls.ServerIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
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
 * The servers that were met before: a text file with a line {@code host:port SHA256:…} for each, or
 * {@code host:port certificate} for one that showed a valid certificate and has to go on with that;
 * empty lines, and lines that begin with {@code #}. Safe for use by many threads and processes.
 */
public final class KnownServers implements Trust {
  private static final FileAttribute<?> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final String CERTIFICATE = "certificate";

  /** File locks are the whole process's. */
  private static final ReentrantLock WRITING = new ReentrantLock();

  private final Path file;
  private final Authorities authorities;
  private final Consumer<String> notes;

  /** What stands in a line: a fingerprint, or null for a certificate. */
  private record Pin(KeyFingerprint identity, int line) {}

  /**
   * Those in a file, which need not exist yet.
   *
   * @param authorities whose certificates need no pin
   * @param notes hears about lines that cannot be read, and about new ones
   */
  public KnownServers(Path file, Authorities authorities, Consumer<String> notes) {
    this.file = file;
    this.authorities = authorities;
    this.notes = notes;
  }

  @Override
  public boolean check(Endpoint server, ServerIdentity identity) throws IOException {
    Pin pin = find(server);
    if (pin != null && identity.fingerprint().equals(pin.identity)) {
      return true;
    }
    String refusal = refusal(server, identity);
    if (pin == null && refusal != null) {
      throw new UnknownServerException(server, identity.fingerprint(), refusal);
    }
    if (pin != null && (pin.identity != null || refusal != null)) {
      throw changed(server, identity.fingerprint(), pin, refusal);
    }
    return pin != null;
  }

  private IdentityException changed(
      Endpoint server, KeyFingerprint identity, Pin pin, String refusal) {
    String before =
        pin.identity == null
            ? "that it had a valid certificate, and now it has none"
            : "it is " + pin.identity;
    String now = refusal == null ? ", with a valid certificate" : "";
    String why = refusal == null || refusal.isEmpty() ? "" : " (" + refusal + ")";
    return new IdentityException(
        ("the server at %s has changed its identity: it is %s now%s, and %s:%d says %s%s. If it was"
                + " set up anew, remove that line and connect again; if nobody knows of that,"
                + " somebody may be in between")
            .formatted(server, identity, now, file, pin.line, before, why));
  }

  private String refusal(Endpoint server, ServerIdentity identity) {
    return server instanceof Endpoint.Tcp tcp ? authorities.refusal(tcp.host(), identity) : "";
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
        String what = words.length < 2 ? "" : words[1];
        KeyFingerprint identity = what.equals(CERTIFICATE) ? null : new KeyFingerprint(what);
        if (found == null && words[0].toLowerCase(Locale.ROOT).equals(name)) {
          found = new Pin(identity, number);
        }
      } catch (IllegalArgumentException e) {
        notes.accept("%s:%d is ignored: %s".formatted(file, number, e.getMessage()));
      }
    }
    return found;
  }

  /** Remembers a server that is not known yet. */
  @Override
  public void remember(Endpoint server, ServerIdentity identity) throws IOException {
    if (refusal(server, identity) == null) {
      add(name(server) + " " + CERTIFICATE);
    } else {
      add(name(server) + " " + identity.fingerprint());
      notes.accept("%s is known as %s from now on".formatted(server, identity.fingerprint()));
    }
  }

  private void add(String line) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, OWNER_FOLDER);
    WRITING.lock();
    try (FileChannel lock = open(file.resolveSibling(file.getFileName() + ".lock"))) {
      lock.lock();
      String text = String.join("", lines().stream().map(each -> each + "\n").toList());
      replace(text + line + "\n");
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
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      String why =
          Files.isDirectory(file)
              ? "is a folder, and the servers that are known are kept in a file of that name; move"
                  + " it away"
              : e.getMessage();
      throw new FileSystemException(file.toString(), null, why);
    }
  }

  private static String name(Endpoint server) {
    return server.toString().toLowerCase(Locale.ROOT);
  }
}

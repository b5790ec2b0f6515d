package dev.ferry.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ferry.server.account.FileGuard;
import dev.ferry.server.account.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the audit log lies: the folder {@code audit} of the state folder, with files that are named
 * after the sequence number they begin with, and the file {@code audit.head} beside it, which says
 * up to where the log is known to be on the disk.
 */
final class AuditFiles {
  private static final Pattern NAME = Pattern.compile("[0-9]{18}\\.jsonl");
  private static final int HEAD_BYTES = 84;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Path head;

  AuditFiles(StateFolder state) {
    folder = state.path().resolve("audit");
    head = state.path().resolve("audit.head");
  }

  void makeFolder() throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectory(folder, StateFolder.OWNERS_FOLDER);
    }
  }

  boolean isThere() {
    return Files.exists(folder) || Files.exists(head);
  }

  /**
   * Refuses a log of which nothing but the head is left.
   *
   * @throws NotIntactException if the folder is gone
   */
  void requireFolder() throws NotIntactException {
    if (!Files.exists(folder)) {
      throw new NotIntactException(
          "the folder %s is missing, and %s says that there was a log in it"
              .formatted(folder, head.getFileName()));
    }
  }

  /** Keeps all others from writing until it is closed. */
  FileGuard guard() throws IOException {
    FileGuard guard = FileGuard.take(folder.resolve("lock"), PATIENCE);
    if (guard == null) {
      throw new IOException(
          "another ferryd has kept %s locked for %d s".formatted(folder, PATIENCE.toSeconds()));
    }
    return guard;
  }

  /** The files, the oldest first. */
  List<Path> all() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /** The file that begins with this number. */
  Path beginningWith(long seq) {
    return folder.resolve("%018d.jsonl".formatted(seq));
  }

  static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /** Opens a file to read and to write; a new one is durable by name. */
  FileChannel open(Path file, boolean fresh) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            fresh
                ? EnumSet.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)
                : EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE),
            StateFolder.OWNERS_FILE);
    if (fresh) {
      StateFolder.flush(folder);
    }
    return channel;
  }

  // ---- the head

  /**
   * What the head says.
   *
   * @return null if it is missing or damaged
   */
  AuditLine head() throws IOException {
    try {
      return AuditLine.parse(Files.readString(head, US_ASCII).strip());
    } catch (NoSuchFileException | CharacterCodingException _) {
      return null;
    }
  }

  /** Says that nothing was written yet, so that a missing head is noticed later. */
  void begin() throws IOException {
    setHead(AuditLine.NONE);
    try (FileChannel channel = FileChannel.open(head, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Moves the head: always so many bytes, in place. */
  void setHead(AuditLine line) throws IOException {
    String text = "%018d:%s\n".formatted(line.seq(), line.hash());
    try (FileChannel channel =
        FileChannel.open(
            head,
            EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            StateFolder.OWNERS_FILE)) {
      write(channel, ByteBuffer.wrap(text.getBytes(US_ASCII)), 0);
      channel.truncate(HEAD_BYTES);
    }
  }

  static void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    for (long at = position; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }
}

package dev.ferry.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.protocol.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file of the state folder: {@code ferry-KIND VERSION}, then one record a line, then {@code
 * sha256} and the hash of all that is above, so that a torn or damaged file is noticed. It is
 * replaced as a whole: whoever reads it finds the old or the new one, whenever the writer dies.
 *
 * @param kind what it holds: {@code accounts}
 * @param version of the form of its records
 */
record StateFile(Path path, String kind, int version) {
  private static final long LONGEST = 64 << 20;
  private static final Pattern HEAD = Pattern.compile("ferry-([a-z]+) ([1-9][0-9]{0,5})");
  private static final String HASH = "sha256 ";

  /**
   * Its records, line by line.
   *
   * @throws StateException if it is missing, damaged, open to others or not understood; never
   *     because it is empty of records
   */
  List<StateLine> read() throws StateException {
    byte[] bytes;
    try {
      refuseOthers();
      bytes = Files.readAllBytes(path);
    } catch (StateException e) {
      throw e;
    } catch (NoSuchFileException _) {
      throw new StateException(
          "%s is missing: bring it back from a backup (docs/operations.md)".formatted(path));
    } catch (IOException e) {
      throw new StateException(path, e);
    }
    return parse(new String(bytes, UTF_8), bytes);
  }

  private void refuseOthers() throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new StateException(path + " is not a regular file");
    }
    if (attributes.size() > LONGEST) {
      throw new StateException("%s has more than %d bytes".formatted(path, LONGEST));
    }
    Ownership.refuseOthers(path, attributes, "600");
  }

  private List<StateLine> parse(String text, byte[] bytes) throws StateException {
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    String hashed = text.substring(0, last);
    String expected = hashed + HASH + hash(hashed) + "\n";
    if (last == 0 || !MessageDigest.isEqual(expected.getBytes(UTF_8), bytes)) {
      throw new StateException(
          ("%s is damaged, or was changed by hand: its last line is not the SHA-256 of the lines"
                  + " above it; bring it back from a backup (docs/operations.md)")
              .formatted(path));
    }
    List<String> lines = hashed.lines().toList();
    checkHead(lines.getFirst());
    List<StateLine> records = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      records.add(StateLine.parse(path + ":" + (i + 1) + ":", lines.get(i)));
    }
    return records;
  }

  private void checkHead(String line) throws StateException {
    Matcher head = HEAD.matcher(line);
    if (!head.matches() || !head.group(1).equals(kind)) {
      throw new StateException(
          "%s:1: it begins with '%s' and not with 'ferry-%s'"
              .formatted(path, Printable.text(line), kind));
    }
    if (Integer.parseInt(head.group(2)) != version) {
      throw new StateException(
          "%s:1: it is of version %s, and this ferryd knows version %d: use a newer one"
              .formatted(path, head.group(2), version));
    }
  }

  /** Replaces it. When this returns it is on the disk. */
  void write(List<String> records) throws StateException {
    StringBuilder text = new StringBuilder("ferry-%s %d\n".formatted(kind, version));
    records.forEach(record -> text.append(record).append('\n'));
    String hashed = text.toString();
    replace(path, (hashed + HASH + hash(hashed) + "\n").getBytes(UTF_8));
  }

  /** Puts bytes in the place of a file, as a whole and for good; one writer at a time. */
  static void replace(Path file, byte[] bytes) throws StateException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh); // A writer may have been killed.
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              StateFolder.OWNERS_FILE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      StateFolder.flush(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new StateException(file, e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

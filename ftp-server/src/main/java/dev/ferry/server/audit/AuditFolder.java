package dev.ferry.server.audit;

import dev.ferry.server.account.FileGuard;
import dev.ferry.server.account.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Adds to the audit log of a state folder, which several processes may do at once: a lock makes
 * each go on where the other stopped. What was left torn or is missing is said in an event before
 * the next one. Used by one thread; all calls block on the disk.
 */
public final class AuditFolder implements AutoCloseable {
  /** Bytes after which another file is begun. */
  static final long LONGEST_FILE = 64 << 20;

  private final AuditFiles files;
  private final long longestFile;
  private final Consumer<String> alarm;

  /** Where the log ended when it was last looked at; null: it was not. */
  private AuditLine last;

  private Path file;
  private FileChannel channel;
  private Object key;
  private long size;

  /** What was found, and is not written yet. */
  private final List<AuditEvent> owed = new ArrayList<>();

  private AuditFolder(AuditFiles files, long longestFile, Consumer<String> alarm) {
    this.files = files;
    this.longestFile = longestFile;
    this.alarm = alarm;
  }

  /**
   * The log of this folder, begun if there is none.
   *
   * @param alarm hears how it was found damaged, when that is written into it
   */
  static AuditFolder open(StateFolder state, Consumer<String> alarm) throws IOException {
    return open(state, LONGEST_FILE, alarm);
  }

  static AuditFolder open(StateFolder state, long longestFile, Consumer<String> alarm)
      throws IOException {
    AuditFiles files = new AuditFiles(state);
    files.makeFolder();
    return new AuditFolder(files, longestFile, alarm);
  }

  /** Writes one event and waits until it is on the disk. */
  public static void write(StateFolder state, AuditEvent event) throws IOException {
    try (AuditFolder log = open(state, _ -> {})) {
      log.append(List.of(event));
      log.sync();
    }
  }

  /**
   * Writes events, so that the end of this process leaves them there.
   *
   * @throws IOException if that is not possible; then none of them is there
   */
  void append(List<AuditEvent> events) throws IOException {
    try (FileGuard _ = files.guard()) {
      lookAgain();
      List<AuditEvent> all = new ArrayList<>(owed);
      all.addAll(events);
      if (channel == null || size >= longestFile) {
        begin(files.beginningWith(last.seq() + 1));
      }
      AuditLine at = last;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (AuditEvent event : all) {
        byte[] line = at.next(event);
        at = AuditLine.at(at.seq() + 1, line, line.length - 1);
        bytes.write(line);
      }
      put(bytes.toByteArray());
      last = at;
      owed.clear();
    }
  }

  private void put(byte[] bytes) throws IOException {
    try {
      AuditFiles.write(channel, ByteBuffer.wrap(bytes), size);
      size += bytes.length;
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
  }

  private void begin(Path fresh) throws IOException {
    if (channel != null) {
      channel.force(false);
    }
    use(fresh, files.open(fresh, true));
  }

  private void use(Path path, FileChannel opened) throws IOException {
    close();
    file = path;
    channel = opened;
    size = opened.size();
    key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Brings to the disk what was written, and says so in the head. */
  void sync() throws IOException {
    try (FileGuard _ = files.guard()) {
      channel.force(false);
      if (isAsItWas(files.all())) {
        files.setHead(last);
      }
    }
  }

  // ---- what others, or a death, left

  private boolean isAsItWas(List<Path> all) throws IOException {
    if (all.isEmpty() || !all.getLast().equals(file)) {
      return false;
    }
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    return now.size() == size && now.fileKey().equals(key);
  }

  /** Finds the end of the log if it is not where it was. */
  private void lookAgain() throws IOException {
    List<Path> all = files.all();
    if (last != null && isAsItWas(all)) {
      return;
    }
    AuditLine head = files.head();
    if (head == null) {
      head = AuditLine.NONE;
      if (all.isEmpty()) {
        files.begin();
      } else {
        damaged("audit.head is missing or damaged");
      }
    }
    AuditLine expected = last != null && last.seq() > head.seq() ? last : head;
    AuditLine end = all.isEmpty() ? AuditLine.NONE : end(all);
    if (end == null) {
      damaged("%s cannot be read at its end".formatted(all.getLast().getFileName()));
      long seq = Math.max(expected.seq(), AuditFiles.number(all.getLast()));
      last = new AuditLine(seq, expected.hash());
      begin(files.beginningWith(seq + 1));
    } else {
      if (end.seq() < expected.seq()) {
        damaged("events %d to %d are missing".formatted(end.seq() + 1, expected.seq()));
      }
      last = new AuditLine(Math.max(end.seq(), expected.seq()), end.hash());
    }
  }

  private void damaged(String what) {
    owed.add(AuditEvent.of(AuditReader.DAMAGED).with("msg", what));
    alarm.accept(what);
  }

  /** Takes the newest file into use, and cuts off what is torn; null: that is not possible. */
  private AuditLine end(List<Path> all) throws IOException {
    use(all.getLast(), files.open(all.getLast(), false));
    AuditTail tail = AuditTail.of(channel);
    if (tail == null) {
      return null;
    }
    if (tail.torn() > 0) {
      size -= tail.torn();
      channel.truncate(size);
      owed.add(AuditEvent.of("audit-repaired").with("torn-bytes", tail.torn()));
    }
    if (tail.last() != null || all.size() == 1) {
      return tail.last() == null ? AuditLine.NONE : tail.last();
    }
    try (FileChannel before = files.open(all.get(all.size() - 2), false)) {
      AuditTail older = AuditTail.of(before);
      return older == null ? null : older.last();
    }
  }

  /** Writes and waits for nothing more. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.Limits;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a part is made of, in a file beside it: its origin and the hash of each chunk that was
 * written. It survives the process but is never forced to disk, and it is believed in nothing: each
 * chunk is hashed again before it counts.
 *
 * <pre>
 * u64 magic | u64 size | i64 modified | u8 length, fingerprint, zeros: 64 bytes in all
 * then for each chunk: u32 number | hash
 * </pre>
 *
 * <p>Locked as long as it is open, so that two processes never write to one part. Used by one
 * thread at a time.
 */
final class Journal implements AutoCloseable {
  private static final long MAGIC = 0x4665727279503031L; // "FerryP01"
  private static final String SUFFIX = ".journal";
  private static final int HEADER = 64;
  private static final int RECORD = Integer.BYTES + Hash128.BYTES;
  private static final int READ_AT_ONCE = 1024 * RECORD;

  /** Records for each chunk, as when it was found damaged; a journal with more is no journal. */
  private static final int RECORDS_PER_CHUNK = 4;

  private final Staged file;
  private final Origin origin;
  private final ByteBuffer record = ByteBuffer.allocate(RECORD);
  private long end;

  private Journal(Staged file, Origin origin) {
    this.file = file;
    this.origin = origin;
  }

  /**
   * Opens or makes the journal of a part.
   *
   * @return null if another process works with it
   */
  static Journal open(Tree tree, String name, Origin origin) throws IOException {
    Staged file = tree.stage(name + SUFFIX);
    try {
      if (file.lock()) {
        return new Journal(file, origin);
      }
      file.keep();
    } catch (Throwable t) {
      file.close();
      throw t;
    }
    file.close();
    return null;
  }

  /** The names of all parts that have one. */
  static Set<String> names(Tree tree) throws IOException {
    return tree.staged().stream()
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * Reads the hashes of the chunks that lie within so many bytes. A journal of another origin, or
   * of a length that makes no sense, is begun anew.
   *
   * @return whether it was of this origin
   */
  boolean read(ContentHash content, long present) throws IOException {
    ByteBuffer header = header();
    ByteBuffer found = ByteBuffer.allocate(HEADER);
    file.read(found, 0);
    long whole = (file.size() - HEADER) / RECORD;
    long most = (long) RECORDS_PER_CHUNK * Chunks.count(origin.size());
    if (!found.flip().equals(header) || whole > most) {
      file.truncate(0);
      file.write(header, 0);
      end = HEADER;
      return false;
    }
    end = HEADER + whole * RECORD;
    ByteBuffer records = ByteBuffer.allocate(READ_AT_ONCE);
    for (long at = HEADER; at < end; at += READ_AT_ONCE) {
      records.clear().limit((int) Math.min(READ_AT_ONCE, end - at));
      file.read(records, at);
      records.flip();
      while (records.remaining() >= RECORD) {
        note(records.getInt(), Hash128.read(records), content, present);
      }
    }
    return true;
  }

  private void note(int chunk, Hash128 hash, ContentHash content, long present) {
    long size = origin.size();
    if (chunk < 0 || chunk >= Chunks.count(size)) {
      return;
    }
    long offset = (long) chunk * Chunks.sizeFor(size);
    if (offset + Chunks.lengthAt(offset, size) <= present) {
      content.set(offset, hash);
    }
  }

  private ByteBuffer header() {
    Bytes fingerprint = origin.fingerprint();
    return ByteBuffer.allocate(HEADER)
        .putLong(MAGIC)
        .putLong(origin.size())
        .putLong(origin.modified())
        .put((byte) fingerprint.length())
        .put(fingerprint.toArray(), 0, Math.min(fingerprint.length(), Limits.FINGERPRINT_BYTES))
        .clear();
  }

  /** The chunk that begins at this offset is in the part. */
  void add(long offset, Hash128 hash) throws IOException {
    record.clear().putInt((int) (offset / Chunks.sizeFor(origin.size())));
    hash.write(record);
    file.write(record.flip(), end);
    end += RECORD;
  }

  /** Leaves it for a later job when it is closed. */
  void keep() {
    file.keep();
  }

  /** Deletes it unless it is to be kept. */
  @Override
  public void close() {
    file.close();
  }
}

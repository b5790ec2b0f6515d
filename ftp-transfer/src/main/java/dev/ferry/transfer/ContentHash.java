package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Hash128;
import dev.ferry.transfer.store.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The hashes of a file's chunks, and what follows from them (spec 8.1). Takes memory for the chunks
 * that are known, not for those that a size claims. Used by one thread at a time.
 */
final class ContentHash {
  private static final int PAGE = 1024;

  private final long size;
  private final int chunks;
  private final Page[] pages;

  /** The hashes of neighbouring chunks. */
  private record Page(ByteBuffer hashes, BitSet known) {
    static Page of(int chunks) {
      return new Page(ByteBuffer.allocate(chunks * Hash128.BYTES), new BitSet(chunks));
    }
  }

  /**
   * None of the chunks is known yet.
   *
   * @param size of the file, in bytes, at most 32 TiB
   */
  ContentHash(long size) {
    this.size = size;
    this.chunks = Chunks.count(size);
    this.pages = new Page[(chunks + PAGE - 1) / PAGE];
  }

  /** Notes the hash of the chunk that begins at this offset. */
  void set(long offset, Hash128 hash) {
    int chunk = (int) (offset / Chunks.sizeFor(size));
    int number = chunk / PAGE;
    if (pages[number] == null) {
      pages[number] = Page.of(Math.min(PAGE, chunks - number * PAGE));
    }
    hash.write(pages[number].hashes().position(chunk % PAGE * Hash128.BYTES));
    pages[number].known().set(chunk % PAGE);
  }

  /** The hash of the chunk that begins at this offset, or null if it is not known. */
  Hash128 get(long offset) {
    int chunk = (int) (offset / Chunks.sizeFor(size));
    Page page = pages[chunk / PAGE];
    return page == null || !page.known().get(chunk % PAGE)
        ? null
        : Hash128.read(page.hashes().clear().position(chunk % PAGE * Hash128.BYTES));
  }

  /** The chunk that begins at this offset is not known any more. */
  void forget(long offset) {
    int chunk = (int) (offset / Chunks.sizeFor(size));
    if (pages[chunk / PAGE] != null) {
      pages[chunk / PAGE].known().clear(chunk % PAGE);
    }
  }

  /** Nothing is known any more. */
  void forgetAll() {
    Arrays.fill(pages, null);
  }

  /** What is not known, in ascending order, neighbours in one; at most so many ranges. */
  List<Range> missing(int limit) {
    List<Range> missing = new ArrayList<>();
    long offset = 0;
    while (offset < size && missing.size() < limit) {
      long start = offset;
      while (offset < size && !isKnown(offset)) {
        offset += Chunks.lengthAt(offset, size);
      }
      if (offset > start) {
        missing.add(new Range(start, offset - start));
      } else {
        offset += Chunks.lengthAt(offset, size);
      }
    }
    return missing;
  }

  private boolean isKnown(long offset) {
    int chunk = (int) (offset / Chunks.sizeFor(size));
    Page page = pages[chunk / PAGE];
    return page != null && page.known().get(chunk % PAGE);
  }

  /** Whether all chunks are known. */
  boolean complete() {
    int known = 0;
    for (Page page : pages) {
      known += page == null ? 0 : page.known().cardinality();
    }
    return known == chunks;
  }

  /** The content hash; all chunks must be known. */
  Hash128 whole() {
    ChunkHasher hasher = new ChunkHasher().begin();
    hasher.add(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
    for (Page page : pages) {
      hasher.add(page.hashes().clear());
    }
    return hasher.end();
  }

  /** Reads a file and computes its content hash; null if it ended early. */
  static Hash128 of(Source source) throws IOException {
    long size = source.attributes().size();
    ContentHash content = new ContentHash(size);
    ChunkHasher hasher = new ChunkHasher();
    ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.lengthAt(0, size));
    for (long offset = 0; offset < size; offset += buffer.limit()) {
      buffer.clear().limit(Chunks.lengthAt(offset, size));
      if (source.read(buffer, offset) < buffer.limit()) {
        return null;
      }
      content.set(offset, hasher.hash(buffer.flip()));
    }
    return content.whole();
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Replace;
import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An entry that the receiver has not done with. All but {@code resolved} and {@code owed} belongs
 * to the reading thread; those two are guarded by {@link ReceiverState}.
 */
final class Inbound {
  final long number;
  final int argument;
  final List<String> path;
  final FileAttributes attributes;
  final TreePath target;

  /** Guarded: it has its RESULT, or its ENTRY-ERROR. */
  boolean resolved;

  /** Guarded: a WANT whose end has not come. */
  boolean owed;

  /** It was handed to the committer, who will resolve it. */
  boolean committing;

  /** What the file may replace, once it is whole. */
  Replace replace = Replace.NEVER;

  /** Content is not kept: it is only to be compared with what stands at the target. */
  boolean compared;

  /** Content is dropped: something went wrong. */
  boolean dropped;

  long moved;
  private Staged staged;
  private ContentHash content;

  Inbound(
      long number, int argument, List<String> path, FileAttributes attributes, TreePath target) {
    this.number = number;
    this.argument = argument;
    this.path = path;
    this.attributes = attributes;
    this.target = target;
  }

  long size() {
    return attributes.size();
  }

  /** Whether a chunk of this length may begin at this offset (spec 8.2). */
  boolean fits(long offset, int length, boolean last) {
    if (length == 0) {
      return last && offset == size();
    }
    return offset < size()
        && offset % Chunks.sizeFor(size()) == 0
        && length == Chunks.lengthAt(offset, size());
  }

  /** Writes a chunk or a piece of one. */
  void write(Tree tree, long offset, ByteBuffer bytes) throws IOException {
    moved += bytes.remaining();
    begin(tree);
    staged.write(bytes, offset);
  }

  /** A chunk is there and has this hash. */
  void verified(long offset, Hash128 hash) {
    content.set(offset, hash);
  }

  /** Whether every chunk is there and the content hash is the sender's. */
  boolean verify(Tree tree, Hash128 expected) throws IOException {
    begin(tree);
    return content.complete() && content.whole().equals(expected);
  }

  /** Hands the whole file over to whoever publishes and closes it. */
  Staged take() throws IOException {
    staged.setAttributes(attributes.modified(), attributes.mode());
    Staged whole = staged;
    staged = null;
    return whole;
  }

  /** Drops what was staged. */
  void discard() {
    dropped = true;
    if (staged != null) {
      staged.close();
      staged = null;
    }
  }

  private void begin(Tree tree) throws IOException {
    if (staged == null) {
      content = new ContentHash(size());
      staged = tree.stage();
    }
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * The receiving side of a GET of one file in mode all whose content goes to a stream instead of a
 * file: chunk by chunk, each verified before it is passed on. Used by one thread.
 */
public final class StreamReceiver {
  private final Link link;
  private final WritableByteChannel out;
  private final String name;
  private final Pace pace;
  private ByteBuffer chunk = ByteBuffer.allocateDirect(0);
  private Frame.Entry entry;
  private final ChunkHasher hasher = new ChunkHasher();
  private ContentHash content;
  private long position;
  private boolean ended;
  private IOException failure;

  /**
   * A job over this link, the GET sent; the channel stays open.
   *
   * @param name of the file that was asked for
   */
  public StreamReceiver(Link link, WritableByteChannel out, String name, Pace pace) {
    this.link = link;
    this.out = out;
    this.name = name;
    this.pace = pace;
  }

  /**
   * Runs the job until the connection is ready for requests again.
   *
   * @return bytes passed on
   * @throws RefusedException if the file cannot be read, or did not verify
   * @throws IOException also what the channel threw; the job was aborted in order then
   */
  public long run() throws IOException {
    link.bulk(true);
    link.owe(true);
    link.expect();
    boolean jobEnded = false;
    while (!jobEnded || !ended) {
      FrameHeader header = link.next();
      if (header == null) {
        throw link.lost("closed the connection in the middle of a transfer");
      }
      if (header.type() == FrameType.DATA) {
        data(link.data(header));
      } else {
        switch (link.control(header)) {
          case Frame.Entry announced -> announced(announced);
          case Frame.EntryError error -> {
            if (error.number() != 0 || ended) {
              throw new ProtocolException("ENTRY-ERROR for no open entry (spec 7.4)");
            }
            failure = new RefusedException(error.reason());
            ended = true;
          }
          case Frame.JobEnd end -> {
            if (jobEnded || end.entries() != 1 || (entry == null && !ended)) {
              throw new ProtocolException("JOB-END, not behind the one entry (spec 7.6)");
            }
            jobEnded = true;
          }
          case Frame.Abort abort -> {
            failure = new RefusedException(abort.reason());
            jobEnded = true;
            ended = true;
          }
          case Frame.Failure failed -> throw Errors.lastWord(failed.reason());
          case Frame other ->
              throw new ProtocolException(other.type() + " from the sender of a job (spec 3)");
        }
      }
      if (failure != null && !(failure instanceof RefusedException)) {
        Receiver.refuse(link, new Reason(ErrorCode.CANCELLED, "the output was closed"));
        calm();
        throw failure;
      }
    }
    finish();
    return position;
  }

  /** What is left comes as fast as it goes, because it is of no use any more. Any thread. */
  public void hurry() {
    pace.stop();
  }

  private void announced(Frame.Entry announced) throws ProtocolException {
    if (entry != null
        || ended
        || announced.number() != 0
        || announced.argument() != 0
        || announced.attributes().kind() != Frame.Kind.FILE
        || !announced.path().equals(List.of(name))) {
      throw new ProtocolException("an entry that was not asked for (spec 7.3)");
    }
    if (announced.attributes().size() > Chunks.LARGEST_FILE) {
      throw new ProtocolException("a file of more than 32 TiB (spec 8.1)");
    }
    entry = announced;
    content = new ContentHash(announced.attributes().size());
  }

  private void data(DataHeader header) throws IOException {
    if (entry == null || ended || header.entry() != 0 || header.offset() != position) {
      throw new ProtocolException("DATA that does not continue the file (spec 8.2)");
    }
    long size = entry.attributes().size();
    int length = ChunkReader.length(header, link.remaining(), size);
    if (length != (position < size ? Chunks.lengthAt(position, size) : 0)) {
      throw new ProtocolException("DATA of %d bytes (spec 8.2)".formatted(length));
    }
    if (chunk.capacity() < length) {
      chunk = ByteBuffer.allocateDirect(length);
    }
    chunk.clear().limit(length);
    boolean whole = ChunkReader.chunk(link, header, chunk, pace);
    boolean fits = whole && hasher.hash(chunk.flip()).equals(header.hash());
    if (length > 0) {
      content.set(position, header.hash());
    }
    ended = header.last();
    if (ended && fits) {
      fits = position + length == size && content.whole().equals(header.contentHash());
    }
    if (!fits && failure == null) {
      failure = new RefusedException(ErrorCode.BAD_HASH, ErrorCode.BAD_HASH.meaning());
    }
    if (failure == null) {
      pass();
    }
    position += length;
  }

  private void pass() {
    try {
      while (chunk.hasRemaining()) {
        out.write(chunk);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void finish() throws IOException {
    boolean good = failure == null;
    if (entry != null) {
      Reason reason = good ? null : Errors.reason(failure);
      link.send(
          new Frame.Results(List.of(new Result(0, 1, good ? Status.DONE : Status.FAILED, reason))));
    }
    link.sendNow(new Frame.JobDone(good ? 1 : 0, 0, 0, good ? 0 : 1, position));
    link.dropCrossingAbort();
    calm();
    if (failure != null) {
      throw failure;
    }
  }

  private void calm() throws IOException {
    link.owe(false);
    link.expect(null, "");
    link.bulk(false);
  }
}

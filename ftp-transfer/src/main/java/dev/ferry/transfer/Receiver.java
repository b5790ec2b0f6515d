package dev.ferry.transfer;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.TransferListener.Awaited;
import dev.ferry.transfer.TransferListener.Side;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;

/**
 * The receiving side of one job (spec section 7), the same at both ends: the client's for GET, the
 * server's for PUT. It decides what is sent, and trusts nothing that comes: every name is placed by
 * {@link Placement}, every file goes through the confined tree.
 *
 * <p>The calling thread reads, looks up targets and writes staged files; the {@link Committer}
 * publishes them; {@link Replies} sends the answers.
 */
public final class Receiver implements Joinable {
  private final Link link;
  private final Placement placement;
  private final Options options;
  private final TransferListener listener;
  private final Replies replies;
  private final ReceiverState state;
  private final Contents contents;
  private final ChunkReader chunks;
  private long next;
  private int argument = -1;
  private boolean announcedAll;
  private Reason aborted;

  /**
   * Where files go; what it names stays open.
   *
   * @param parts of this tree
   * @param committer of the file system that this tree is on
   */
  public record Target(Tree tree, Parts parts, Committer committer, Placement placement) {}

  /**
   * How to receive.
   *
   * @param checksum whether a file of equal size is always compared by content
   * @param pace of this job alone, unless it is FREE
   * @param user who may continue what this job leaves unfinished
   */
  public record Options(
      Mode mode,
      Overwrite overwrite,
      boolean checksum,
      Durability durability,
      Pace pace,
      String user) {}

  /** A job over this link, which must be between requests, the opening frame sent or received. */
  public Receiver(Link link, Target target, Options options, TransferListener listener) {
    this.link = link;
    this.placement = target.placement();
    this.options = options;
    this.listener = listener;
    replies = new Replies(link);
    state = new ReceiverState(replies, listener);
    contents = new Contents(target, options, state, replies);
    chunks = new ChunkReader(link, options.pace());
  }

  /**
   * Runs the job until the connection is ready for requests again. Call it on a platform thread: it
   * does file I/O.
   *
   * @throws ConnectionLostException if the connection ended or fell silent; what was whole is
   *     published all the same
   * @throws ProtocolException if the other side broke the protocol; the caller may say so in an
   *     ERROR, and closes the link
   */
  public JobSummary run() throws IOException {
    link.bulk(true);
    link.owe(true);
    link.expect();
    replies.start();
    boolean orderly = false;
    try {
      listener.awaiting(Awaited.CONTENT);
      while (!isOver()) {
        if (announcedAll) {
          state.awaitOthers();
        }
        if (!isOver()) {
          replies.awaitRoom();
          frame();
        }
      }
      orderly = true;
    } catch (ConnectionLostException e) {
      link.close();
      throw e;
    } finally {
      settle(orderly);
    }
    link.deadline(null, "");
    link.owe(false);
    link.expect(null, "");
    link.bulk(false);
    return state.summary(aborted);
  }

  @Override
  public boolean awaitShareable(long bytes) {
    return state.awaitShareable(bytes);
  }

  @Override
  public boolean mayJoin(Link side) {
    return state.join(side);
  }

  /** As said there; a job that is over closes the connection. */
  @Override
  public void join(Link side) throws IOException {
    try (ChunkReader reader = new ChunkReader(side, options.pace())) {
      side.bulk(true);
      side.expect();
      for (FrameHeader header = side.next(); header != null; header = side.next()) {
        if (header.type() != FrameType.DATA) {
          throw new ProtocolException(header.type() + " over a joined connection (spec 7.8)");
        }
        contents.joinedData(reader, side.data(header));
      }
    } finally {
      contents.left(side);
    }
  }

  /** Ends the job early; {@link #run} returns soon, with what was done by then. Any thread. */
  public void cancel(Reason why) {
    link.deadline(Limits.ABORT_ANSWER, "did not answer ABORT");
    if (!state.cancel(why)) {
      link.deadline(null, "");
    }
    options.pace().stop();
  }

  /**
   * Refuses a PUT as a whole: says ABORT, and drops what the sender has sent until it answers.
   *
   * @throws ConnectionLostException if it does not answer in time
   */
  public static void refuse(Link link, Reason why) throws IOException {
    link.deadline(Limits.ABORT_ANSWER, "did not answer ABORT");
    link.sendNow(new Frame.Abort(why));
    while (true) {
      FrameHeader header = link.next();
      if (header == null) {
        throw link.lost("closed the connection");
      }
      if (header.type() == FrameType.ABORT) {
        link.control(header);
        link.deadline(null, "");
        return;
      }
    }
  }

  // ---- reading

  /** Whether nothing more of this job can come. */
  private boolean isOver() {
    return aborted != null || (announcedAll && state.allDelivered() && state.cancelled() == null);
  }

  private void frame() throws IOException {
    FrameHeader header = link.next();
    if (header == null) {
      throw link.lost("closed the connection in the middle of a transfer");
    }
    if (state.cancelled() != null && header.type() != FrameType.ABORT) {
      return;
    }
    if (header.type() == FrameType.DATA) {
      contents.data(chunks, link.data(header));
      return;
    }
    Frame frame = link.control(header);
    switch (frame) {
      case Frame.Entry entry -> entry(entry);
      case Frame.EntryError error -> entryError(error);
      case Frame.JobEnd end -> jobEnd(end);
      case Frame.Abort abort -> aborted = abort.reason();
      case Frame.Failure failure -> throw Errors.lastWord(failure.reason());
      case Frame.FromReceiver _,
          Frame.Opening _,
          Frame.Request _,
          Frame.Reply _,
          Frame.Greeting _,
          Frame.Alive _ ->
          throw new ProtocolException(frame.type() + " from the sender of a job (spec 3)");
    }
  }

  private void entry(Frame.Entry entry) throws IOException {
    number(entry.number(), entry.argument());
    if (announcedAll) {
      throw new ProtocolException("ENTRY after JOB-END (spec 7.6)");
    }
    if (entry.attributes().size() > Chunks.LARGEST_FILE) {
      throw new ProtocolException("a file of more than 32 TiB (spec 8.1)");
    }
    TreePath target;
    Reason bad = null;
    try {
      target = placement.place(entry);
    } catch (BadNameException e) {
      target = TreePath.ROOT;
      bad = Errors.reason(e);
    }
    Inbound inbound = new Inbound(entry, target);
    state.opened(inbound);
    listener.announced(entry.argument(), entry.path(), entry.attributes());
    boolean file = entry.attributes().kind() == Frame.Kind.FILE;
    if (file && options.mode() == Mode.ALL) {
      state.owes(inbound);
    }
    if (bad != null) {
      contents.reject(inbound, bad);
      return;
    }
    contents.arrived(inbound);
  }

  private void entryError(Frame.EntryError error) throws ProtocolException {
    if (error.number() == next) {
      number(error.number(), error.argument());
      state.trouble(error);
      return;
    }
    contents.ended(open(error.number()), error);
  }

  private void jobEnd(Frame.JobEnd end) throws ProtocolException {
    if (argument != placement.arguments() - 1) {
      throw new ProtocolException("JOB-END before every argument had its entry (spec 7.3)");
    }
    if (end.entries() != next || announcedAll) {
      throw new ProtocolException(
          "JOB-END counts %d entries, %d came (spec 7.6)".formatted(end.entries(), next));
    }
    announcedAll = true;
    listener.totals(end.entries(), end.bytes());
  }

  private void number(long number, int ofArgument) throws ProtocolException {
    boolean follows = ofArgument == argument || ofArgument == argument + 1;
    if (number != next || ofArgument < 0 || !follows || ofArgument >= placement.arguments()) {
      throw new ProtocolException(
          "entry %d of argument %d, after entry %d of argument %d (spec 7.3)"
              .formatted(number, ofArgument, next - 1, argument));
    }
    next++;
    argument = ofArgument;
  }

  private Inbound open(long number) throws ProtocolException {
    Inbound inbound = state.entry(number);
    if (inbound == null) {
      throw new ProtocolException("entry %d is not open (spec 7.5)".formatted(number));
    }
    return inbound;
  }

  // ---- the end

  /**
   * Waits for what is on its way to the disk, and says the last word if there is somebody to hear
   * it.
   */
  private void settle(boolean orderly) {
    state.over();
    options.pace().stop();
    state.dismiss();
    if (aborted != null) {
      state.giveUp(Side.SENDER, aborted);
    } else {
      state.giveUp(Side.RECEIVER, new Reason(ErrorCode.CANCELLED, "not complete"));
    }
    listener.awaiting(Awaited.DISK);
    state.awaitResolved();
    contents.finish();
    if (orderly && state.cancelled() == null) {
      JobSummary summary = state.summary(aborted);
      replies.end(
          new Frame.JobDone(
              summary.done(),
              summary.unchanged(),
              summary.skipped(),
              summary.failed(),
              summary.bytes()));
      link.dropCrossingAbort();
    } else if (!orderly) {
      link.deadline(Limits.ABORT_ANSWER, "does not read");
      replies.stop();
    }
    replies.join();
    chunks.close();
  }
}

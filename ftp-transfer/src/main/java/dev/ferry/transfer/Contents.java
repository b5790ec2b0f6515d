package dev.ferry.transfer;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.store.Staged;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the receiving side of a job does with each entry, from the look at its target over the
 * content that is asked for and comes to the publication. Used by one thread, and by the {@link
 * Committer} when it is done with something.
 */
final class Contents {
  private final Parts parts;
  private final Committer committer;
  private final Receiver.Options options;
  private final ReceiverState state;
  private final Replies replies;
  private final TransferListener listener;
  private final Intake intake;
  private final FolderTimes folderTimes;
  private final Set<Inbound> begun = new HashSet<>();
  private long received;

  Contents(
      Receiver.Target target,
      Receiver.Options options,
      ReceiverState state,
      Replies replies,
      TransferListener listener) {
    this.parts = target.parts();
    this.committer = target.committer();
    this.options = options;
    this.state = state;
    this.replies = replies;
    this.listener = listener;
    intake = new Intake(target.tree(), options.overwrite());
    folderTimes = new FolderTimes(target.tree());
  }

  /** Bytes of content that came. */
  long received() {
    return received;
  }

  /** Looks at what stands at the target of a new entry, and asks for what is needed. */
  void arrived(Inbound inbound) throws IOException {
    folderTimes.arrived(inbound.number, inbound.target);
    folderTimes.finishBelow(state.lowestOpen());
    act(inbound, intake.decide(inbound));
  }

  private void act(Inbound inbound, Intake.Verdict verdict) {
    switch (verdict) {
      case Intake.Fetch fetch -> {
        inbound.replace = fetch.replace();
        wantContent(inbound);
      }
      case Intake.Compare _ -> {
        inbound.compared = true;
        want(inbound, List.of());
      }
      case Intake.Made _ -> {
        folderTimes.made(inbound.target, inbound.attributes);
        commit(inbound, null);
      }
      case Intake.Over over -> {
        inbound.discard(false);
        state.resolve(inbound, over.status(), over.reason());
      }
    }
  }

  /** Asks for what no earlier job has left; in mode all it is on its way, and nothing is left. */
  private void wantContent(Inbound inbound) {
    List<Range> missing = null;
    if (options.mode() == Mode.ASK) {
      try {
        missing = parts.missing(options.user(), inbound.target, inbound.origin);
      } catch (IOException _) {
        // What cannot be continued is sent again; if nothing can be staged, that will say why.
      }
    }
    inbound.compared = false;
    inbound.continued = missing != null;
    want(inbound, missing);
  }

  private void want(Inbound inbound, List<Frame.Range> ranges) {
    if (options.mode() == Mode.ASK) {
      state.owes(inbound);
      replies.want(new Want(inbound.number, ranges));
    }
  }

  /**
   * Takes a DATA frame whose header was read from this link.
   *
   * @param chunks takes what is left of the frame
   */
  void data(Link link, ChunkReader chunks, DataHeader header) throws IOException {
    Inbound inbound = state.owing(header.entry());
    if (inbound == null) {
      throw new ProtocolException(
          "DATA for entry %d, of which nothing is wanted (spec 8.2)".formatted(header.entry()));
    }
    int length = link.remaining();
    if (!inbound.fits(header.offset(), length, header.last())) {
      throw new ProtocolException(
          "DATA of %d bytes at %d for a file of %d (spec 8.2)"
              .formatted(length, header.offset(), inbound.size()));
    }
    received += length;
    listener.moved(length);
    if (!inbound.dropped && !inbound.compared) {
      stage(inbound, chunks, header, length);
    }
    if (header.last()) {
      begun.remove(inbound);
      state.delivered(inbound);
      last(inbound, header.contentHash());
    }
  }

  private void stage(Inbound inbound, ChunkReader chunks, DataHeader header, int length)
      throws IOException {
    begun.add(inbound);
    if (begun.size() > Limits.FILES_BEGUN) {
      throw new ProtocolException(
          "more than %d files begun at once (spec 8.2)".formatted(Limits.FILES_BEGUN));
    }
    Part part;
    try {
      part = part(inbound);
    } catch (IOException e) {
      reject(inbound, Errors.reason(e));
      return;
    }
    inbound.moved += length;
    Reason failure = chunks.read(header, part);
    if (failure != null) {
      reject(inbound, failure);
    }
  }

  /** Where the content of an entry goes; what is there of it is proven when it is opened. */
  private Part part(Inbound inbound) throws IOException {
    if (inbound.part() == null) {
      inbound.begin(parts.open(options.user(), inbound.target, inbound.origin));
      if (inbound.continued) {
        inbound.part().prove(() -> state.cancelled() != null);
      } else {
        inbound.part().forget();
      }
    }
    return inbound.part();
  }

  private void last(Inbound inbound, Hash128 contentHash) {
    if (inbound.dropped) {
      return;
    }
    try {
      if (inbound.compared) {
        act(inbound, intake.compare(inbound, contentHash));
        return;
      }
      Part part = part(inbound);
      if (!part.complete()) {
        again(inbound, part.missing(Parts.RANGES));
      } else if (part.whole().equals(contentHash)) {
        commit(inbound, part.take(inbound.attributes));
      } else {
        part.forget();
        again(inbound, null);
      }
    } catch (IOException e) {
      reject(inbound, Errors.reason(e));
    }
  }

  /** Asks for what turned out to be damaged in the part that was continued. */
  private void again(Inbound inbound, List<Range> ranges) {
    if (!inbound.continued) {
      reject(inbound, new Reason(ErrorCode.BAD_HASH, ErrorCode.BAD_HASH.meaning()));
      return;
    }
    inbound.continued = false;
    want(inbound, ranges);
  }

  /** The entry fails, by the fault of this side. */
  void reject(Inbound inbound, Reason why) {
    inbound.discard(mayBeContinued(why));
    state.resolve(inbound, Status.FAILED, why);
  }

  /** Whether what arrived is good for another try. */
  private static boolean mayBeContinued(Reason why) {
    return why.is(ErrorCode.BAD_HASH) || why.is(ErrorCode.CANCELLED) || why.is(ErrorCode.IO);
  }

  private void commit(Inbound inbound, Staged file) {
    inbound.committing = true;
    committer.submit(
        new Committer.Commit(
            file,
            inbound.target,
            inbound.replace,
            options.durability(),
            failure -> published(inbound, failure)));
  }

  private void published(Inbound inbound, IOException failure) {
    if (inbound.part() != null) {
      inbound.part().published();
    }
    Intake.Over over = intake.published(inbound, failure);
    state.resolve(inbound, over.status(), over.reason());
  }

  /** The sender has given the entry up. */
  void ended(Inbound inbound, Frame.EntryError error) {
    inbound.discard(mayBeContinued(error.reason()));
    begun.remove(inbound);
    state.ended(inbound, error.status(), error.reason());
    state.delivered(inbound);
  }

  /** Completes the folders; no entry is open any more. */
  void finish() {
    folderTimes.finishAll();
  }
}

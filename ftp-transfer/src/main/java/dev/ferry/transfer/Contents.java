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
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the receiving side of a job does with each entry, from the look at its target over the
 * content that is asked for and comes to the publication. Entries are used by the job's own thread,
 * their content by those of joined connections too, and by the {@link Committer} in the end.
 */
final class Contents {
  private final Parts parts;
  private final Tree tree;
  private final Committer committer;
  private final Receiver.Options options;
  private final ReceiverState state;
  private final Replies replies;
  private final Intake intake;
  private final FolderTimes folderTimes;
  private final Parts.Claim claim;
  private final Set<Inbound> begun = new HashSet<>();

  Contents(Receiver.Target target, Receiver.Options options, ReceiverState state, Replies replies) {
    this.parts = target.parts();
    this.tree = target.tree();
    this.committer = target.committer();
    this.options = options;
    this.state = state;
    this.replies = replies;
    intake = new Intake(target.tree(), options.overwrite(), options.checksum());
    claim = new Parts.Claim(options.user(), this);
    folderTimes = new FolderTimes(target.tree());
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
        if (options.mode() == Mode.ASK) {
          want(inbound, List.of());
        }
      }
      case Intake.Made _ -> {
        folderTimes.made(inbound.target, inbound.attributes);
        inbound.committing = true;
        commit(inbound, null);
      }
      case Intake.Over over -> {
        inbound.discard(false);
        if (over.status() == Status.UNCHANGED) {
          parts.discard(claim, inbound.target, inbound.origin);
        }
        state.resolve(inbound, over.status(), over.reason());
      }
    }
  }

  /**
   * Asks for what no earlier job has left. In mode all it is on its way, and nothing is left,
   * unless it came before and was compared only.
   */
  private void wantContent(Inbound inbound) {
    boolean comes = options.mode() == Mode.ALL && !inbound.compared;
    inbound.compared = false;
    if (comes) {
      return;
    }
    List<Range> missing = null;
    try {
      missing = parts.missing(claim, inbound.target, inbound.origin);
    } catch (IOException _) {
      // What cannot be continued is sent again; if nothing can be staged, that will say why.
    }
    inbound.continued = missing != null;
    want(inbound, missing);
  }

  private void want(Inbound inbound, List<Frame.Range> ranges) {
    state.owes(inbound);
    replies.want(new Want(inbound.number, ranges));
  }

  /**
   * Takes a DATA frame whose header was read from the job's own connection.
   *
   * @param chunks takes what is left of the frame
   */
  void data(ChunkReader chunks, DataHeader header) throws IOException {
    Inbound inbound = state.owing(header.entry());
    if (inbound == null) {
      throw new ProtocolException(
          "DATA for entry %d, of which nothing is wanted (spec 8.2)".formatted(header.entry()));
    }
    content(inbound, chunks, header);
    if (header.last()) {
      delivered(inbound);
      last(inbound, header.contentHash());
    }
  }

  /** The same for a joined connection, which may be ahead of the job's own or behind it. */
  void joinedData(ChunkReader chunks, DataHeader header) throws IOException {
    if (header.last()) {
      throw new ProtocolException("the last DATA over a joined connection (spec 7.8)");
    }
    Inbound inbound = state.awaitEntry(header.entry());
    if (inbound == null) {
      return;
    }
    content(inbound, chunks, header);
    inbound.lock.lock();
    try {
      if (inbound.awaited && inbound.part().complete()) {
        finish(inbound);
        state.arrived(inbound);
      }
    } finally {
      inbound.lock.unlock();
    }
  }

  /** A joined connection has ended: what was lost with it is asked for again. */
  void left(Link link) {
    for (Inbound inbound : state.left(link)) {
      inbound.lock.lock();
      try {
        if (inbound.awaited) {
          finish(inbound);
          state.arrived(inbound);
        }
      } finally {
        inbound.lock.unlock();
      }
    }
  }

  private void content(Inbound inbound, ChunkReader chunks, DataHeader header) throws IOException {
    int length = ChunkReader.length(header, chunks.remaining(), inbound.size());
    if (!inbound.fits(header.offset(), length, header.last())) {
      throw new ProtocolException(
          "DATA of %d bytes at %d for a file of %d (spec 8.2)"
              .formatted(length, header.offset(), inbound.size()));
    }
    state.moved(inbound, length);
    if (!inbound.dropped && !inbound.compared) {
      stage(inbound, chunks, header, length);
    }
  }

  private void stage(Inbound inbound, ChunkReader chunks, DataHeader header, int length)
      throws IOException {
    begins(inbound);
    Part part;
    try {
      part = part(inbound);
    } catch (IOException e) {
      reject(inbound, Errors.reason(e));
      return;
    }
    Reason failure = chunks.read(header, length, part);
    if (failure != null) {
      reject(inbound, failure);
    }
  }

  /** Content came: perhaps the first of a file whose last is still to come. */
  private void begins(Inbound inbound) throws ProtocolException {
    synchronized (begun) {
      if (state.owing(inbound.number) != null) {
        begun.add(inbound);
      }
      if (begun.size() > Limits.FILES_BEGUN) {
        throw new ProtocolException(
            "more than %d files begun at once (spec 8.2)".formatted(Limits.FILES_BEGUN));
      }
    }
  }

  /** The sender owes nothing more of it. */
  private void delivered(Inbound inbound) {
    state.delivered(inbound);
    synchronized (begun) {
      begun.remove(inbound);
    }
  }

  /** Where the content of an entry goes; what is there of it is proven when it is opened. */
  private Part part(Inbound inbound) throws IOException {
    inbound.lock.lock();
    try {
      if (inbound.part() == null) {
        inbound.begin(parts.open(claim, inbound.target, inbound.origin));
        if (inbound.continued) {
          inbound.part().prove(() -> state.cancelled() != null);
        } else {
          inbound.part().forget();
        }
      }
      return inbound.part();
    } finally {
      inbound.lock.unlock();
    }
  }

  private void last(Inbound inbound, Hash128 contentHash) {
    inbound.lock.lock();
    try {
      if (inbound.dropped) {
        return;
      }
      if (inbound.compared) {
        act(inbound, intake.compare(inbound, contentHash));
        return;
      }
      inbound.contentHash = contentHash;
      if (part(inbound).complete() || !state.awaits(inbound)) {
        finish(inbound);
      }
    } catch (IOException e) {
      reject(inbound, Errors.reason(e));
    } finally {
      inbound.lock.unlock();
    }
  }

  /** All that will come for this WANT is there: publishes the file, or asks for what is missing. */
  private void finish(Inbound inbound) {
    Part part = inbound.part();
    if (!part.complete()) {
      again(inbound, part.missing(Parts.RANGES));
    } else if (!part.whole().equals(inbound.contentHash)) {
      part.forget();
      again(inbound, null);
    } else {
      inbound.committing = true;
      try {
        commit(inbound, part.take(inbound.attributes));
      } catch (IOException e) {
        reject(inbound, Errors.reason(e));
      }
    }
  }

  /**
   * Asks for what turned out to be damaged in the part that was continued, or was lost with a
   * joined connection.
   */
  private void again(Inbound inbound, List<Range> ranges) {
    if (!inbound.continued && !state.mayBeLost(inbound)) {
      reject(inbound, new Reason(ErrorCode.BAD_HASH, ErrorCode.BAD_HASH.meaning()));
      return;
    }
    // A list that was cut short has a rest.
    inbound.continued = ranges != null && ranges.size() == Parts.RANGES;
    state.owes(inbound);
    replies.want(new Want(inbound.number, ranges));
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
    committer.submit(
        new Committer.Commit(
            tree,
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
    state.ended(inbound, error.status(), error.reason());
    delivered(inbound);
  }

  /** Completes the folders; no entry is open any more. */
  void finish() {
    folderTimes.finishAll();
  }
}

package dev.ferry.transfer;

import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.Outgoing.Piece;
import dev.ferry.transfer.TransferListener.Awaited;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending side of one job (spec section 7), the same at both ends: the server's for GET, the
 * client's for PUT.
 *
 * <p>Two threads: one walks the sources, reads and writes; the other reads WANT and RESULT, never
 * blocks on anything else and does no work, so that the receiver can always get rid of its answers.
 * Each connection that joins brings one more that reads and writes. {@link SenderState} is what
 * they share, and {@link Outgoing} the content of each file.
 */
public final class Sender implements Joinable {
  private static final int UNFLUSHED = 256;

  private final Link link;
  private final Walk walk;
  private final TransferListener listener;
  private final SenderState state;
  private final Pace pace;
  private final CompressionPolicy policy;
  private final ReentrantLock lastWord = new ReentrantLock();
  private long sourceBytes;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private boolean awaitsJob;
  private boolean aborting;
  private boolean answered;

  /**
   * How to send.
   *
   * @param mode of the GET; null for a PUT, whose mode comes with JOB
   * @param follower null unless {@code links} is FOLLOW
   * @param pace of this job alone, unless it is FREE
   */
  public record Options(
      boolean recursive, LinkPolicy links, Frame.Mode mode, LinkFollower follower, Pace pace) {}

  /** A job over this link, which must be between requests, the opening frame sent or received. */
  public Sender(
      Link link, Iterator<Argument> arguments, Options options, TransferListener listener) {
    this.link = link;
    this.walk = new Walk(arguments, options);
    this.listener = listener;
    this.state = new SenderState(options.mode(), listener);
    this.pace = options.pace();
    policy = new CompressionPolicy(link.isLocal());
    this.awaitsJob = options.mode() == null;
  }

  /**
   * Runs the job until the connection is ready for requests again. The calling thread reads
   * answers; it may be virtual.
   *
   * @param workers runs the walking, reading and writing on a platform thread
   * @throws ConnectionLostException if the connection ended or fell silent; it is closed then
   * @throws ProtocolException if the other side broke the protocol; the caller may say so in an
   *     ERROR, and closes the link
   */
  public JobSummary run(Executor workers) throws IOException {
    link.bulk(true);
    link.owe(true);
    link.expect();
    FutureTask<Void> writing = new FutureTask<>(this::write, null);
    workers.execute(writing);
    try {
      readAnswers();
    } catch (ProtocolException e) {
      failure.compareAndSet(null, e);
      link.deadline(Limits.ABORT_ANSWER, "does not read");
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
      link.close();
    } finally {
      state.finished();
      pace.stop();
    }
    await(writing);
    state.tellCutOff();
    link.deadline(null, "");
    Throwable cause = failure.get();
    if (cause != null) {
      throw cause instanceof IOException io ? io : new IOException("a defect in the sender", cause);
    }
    link.owe(false);
    link.expect(null, "");
    link.bulk(false);
    return state.summary();
  }

  /** Ends the job early; {@link #run} returns soon, with what was done by then. Any thread. */
  public void cancel(Reason why) {
    link.deadline(Limits.ABORT_ANSWER, "did not answer ABORT");
    if (!state.abort(why)) {
      link.deadline(null, "");
    }
    pace.stop();
  }

  /** Waits for the writer, which has noted why it failed if it did. */
  private void await(FutureTask<Void> writing) {
    try {
      Uninterrupted.run(writing::get);
    } catch (ExecutionException | CancellationException e) {
      failure.compareAndSet(null, e);
    }
  }

  // ---- the reader

  private void readAnswers() throws IOException {
    while (true) {
      Frame frame = link.read();
      boolean opens = frame instanceof Frame.Job;
      if (frame instanceof Frame.FromReceiver && opens != awaitsJob) {
        throw new ProtocolException(
            opens ? "JOB that answers no PUT (spec 7.2)" : frame.type() + " before JOB (spec 7.2)");
      }
      switch (frame) {
        case Frame.Job job -> {
          awaitsJob = false;
          if (job.mode() == Frame.Mode.ALL) {
            state.allWanted();
          }
        }
        case Frame.Wants wants -> {
          for (Want want : wants.wants()) {
            state.want(want);
          }
        }
        case Frame.Results results -> {
          for (Result result : results.results()) {
            state.result(result);
          }
        }
        case Frame.JobDone _ -> {
          if (!state.mayEnd()) {
            throw new ProtocolException("JOB-DONE while entries are open (spec 7.6)");
          }
          return;
        }
        case Frame.Abort abort -> {
          answered = true;
          state.abort(abort.reason());
          return;
        }
        case Frame.Failure failure -> throw Errors.lastWord(failure.reason());
        case Frame.FromSender _,
            Frame.Opening _,
            Frame.Request _,
            Frame.Reply _,
            Frame.Greeting _ ->
            throw new ProtocolException(frame.type() + " from the receiver of a job (spec 3)");
        case Frame.Alive _ -> {
          // The link keeps these to itself.
        }
      }
    }
  }

  // ---- the writer

  private void write() {
    int unflushed = 0;
    try (walk;
        ChunkWriter via = new ChunkWriter(link, true, state, pace, policy)) {
      while (true) {
        switch (state.task()) {
          case SERVE -> {
            Piece piece = state.orders().piece();
            if (piece != null) { // else another connection was faster, or it was abandoned
              serve(piece, via);
            }
          }
          case ANNOUNCE -> {
            announce(walk.next());
            unflushed++;
          }
          case WAIT -> {
            link.flush();
            unflushed = 0;
            listener.awaiting(Awaited.ANSWERS);
            state.await();
          }
          case ABORT -> {
            abort();
            return;
          }
          case FINISHED -> {
            finish();
            return;
          }
        }
        if (unflushed == UNFLUSHED) {
          link.flush();
          unflushed = 0;
        }
      }
    } catch (InterruptedException e) {
      failure.compareAndSet(null, new ConnectionLostException("the transfer was interrupted", e));
      link.close();
    } catch (IOException | RuntimeException | Error e) {
      // Noted before the reader sees the closed link, which is not the cause.
      failure.compareAndSet(null, e);
      link.close();
    }
  }

  private void announce(Walk.Step step) throws IOException {
    switch (step) {
      case null -> {
        state.announcedAll();
        listener.totals(state.announced(), sourceBytes);
        link.send(new Frame.JobEnd(state.announced(), sourceBytes));
      }
      case Walk.Trouble trouble -> {
        long number = state.announceTrouble(trouble);
        link.send(
            new Frame.EntryError(
                number, trouble.status(), trouble.reason(), trouble.argument(), trouble.path()));
        listener.ended(trouble.ended());
      }
      case Walk.Item item -> {
        Frame.FileAttributes attributes = WireAttributes.of(item.attributes());
        sourceBytes += attributes.size();
        listener.announced(item.argument(), item.path(), attributes);
        announce(item);
      }
    }
  }

  /** Nobody says how an entry ended before it is announced, though others may send its content. */
  private void announce(Walk.Item item) throws IOException {
    lastWord.lock();
    try {
      link.send(state.announce(item).entry());
    } finally {
      lastWord.unlock();
    }
  }

  /** Sends a piece, and what ends the WANT if it was the last one. */
  private void serve(Piece piece, ChunkWriter via) throws IOException {
    Outgoing content = piece.content();
    try {
      via.send(piece);
    } catch (ConnectionLostException e) {
      if (content.giveBack(piece, via.reached())) {
        end(content);
      } else {
        state.again(content);
      }
      throw e;
    } catch (IOException e) {
      content.abandon(Errors.reason(e));
    }
    if (state.stopped(content.entry)) {
      content.abandon(new Reason(ErrorCode.CANCELLED, "not wanted any more"));
    }
    if (content.finish()) {
      end(content);
    }
  }

  /** Says how a WANT ended, on the job's own connection, unless the job has had its last word. */
  private void end(Outgoing content) throws IOException {
    lastWord.lock();
    try {
      if (content.isLastSent()) {
        state.served(content);
      } else if (!state.stopping()) {
        Reason trouble = content.trouble() == null ? last(content) : content.trouble();
        if (trouble == null) {
          state.served(content);
        } else {
          fail(content, trouble);
        }
      }
    } finally {
      lastWord.unlock();
      content.close();
    }
  }

  /** Says that nothing more follows; returns why that cannot be said. */
  private Reason last(Outgoing content) throws IOException {
    try {
      Hash128 whole = content.whole();
      ByteBuffer nothing = ByteBuffer.allocate(0);
      long number = content.entry.number;
      link.sendData(
          new DataHeader(number, content.size(), new ChunkHasher().hash(nothing), whole), nothing);
      return null;
    } catch (ConnectionLostException e) {
      throw e;
    } catch (IOException e) {
      return Errors.reason(e);
    }
  }

  private void fail(Outgoing content, Reason trouble) throws IOException {
    Pending entry = content.entry;
    state.ended(content, trouble);
    link.send(
        new Frame.EntryError(
            entry.number, Status.FAILED, trouble, entry.item.argument(), entry.item.path()));
  }

  @Override
  public boolean awaitShareable(long bytes) {
    return state.orders().awaitShared(bytes);
  }

  @Override
  public boolean mayJoin(Link side) {
    return state.orders().join();
  }

  @Override
  public void join(Link side) throws IOException {
    Orders orders = state.orders();
    try (ChunkWriter via = new ChunkWriter(side, false, state, pace, policy)) {
      side.bulk(true);
      side.owe(true);
      for (Piece piece = orders.awaitPiece(); piece != null; piece = orders.awaitPiece()) {
        serve(piece, via);
        side.flush();
        link.flush();
      }
      side.owe(false);
      side.bulk(false);
    } finally {
      orders.leave();
    }
  }

  /** Says ABORT, as the first to say it or as the answer (spec 7.7). */
  private void abort() throws IOException {
    lastWord.lock();
    try {
      aborting = true;
      link.sendNow(new Frame.Abort(state.abortReason()));
    } finally {
      lastWord.unlock();
    }
  }

  /**
   * The reader has seen the end; an ABORT of the receiver that came last still needs its answer.
   */
  private void finish() throws IOException {
    if (answered && !aborting) {
      link.sendNow(new Frame.Abort(state.abortReason()));
    }
    link.flush();
  }
}

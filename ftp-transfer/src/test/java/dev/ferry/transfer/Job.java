package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.TransferListener.Ended;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.Wire;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * One job between two folders over a real connection: a sender and a receiver, and what they said.
 */
final class Job implements AutoCloseable {
  final Wire wire;
  final Link senderLink;
  final Link receiverLink;
  final Tree source;
  final Tree target;
  final Parts parts;
  final Committer committer;
  private final boolean ownsTarget;
  final ExecutorService workers = Executors.newCachedThreadPool();
  final List<Ended> sent = Collections.synchronizedList(new ArrayList<>());
  final List<Ended> received = Collections.synchronizedList(new ArrayList<>());
  Mode mode = Mode.ASK;
  Overwrite overwrite = Overwrite.NEVER;
  boolean checksum;
  Pace sendingPace = Pace.FREE;
  Pace receivingPace = Pace.FREE;
  LinkPolicy links = LinkPolicy.SKIP;
  Consumer<Long> onMoved = _ -> {};
  Consumer<Long> onReceived = _ -> {};
  Sender sender;
  Receiver receiver;

  Job(Path from, Path to) throws Exception {
    this(from, Trees.open(to, false), null);
  }

  /** A job into the target of another one, in the same process. */
  Job(Path from, Job other) throws Exception {
    this(from, other.target, other);
  }

  private Job(Path from, Tree to, Job other) throws Exception {
    wire = Wire.connect();
    senderLink = Wire.loggedIn(wire.left(), "the receiver");
    receiverLink = Wire.loggedIn(wire.right(), "the sender");
    source = Trees.open(from, false);
    target = to;
    parts = other == null ? new Parts(target) : other.parts;
    committer = other == null ? new Committer(target, Durability.NONE) : other.committer;
    ownsTarget = other == null;
  }

  /** What both sides say when it is over. */
  record Outcome(JobSummary sent, JobSummary received) {}

  /** Sends the whole source folder into the target folder. */
  Outcome run() throws Exception {
    prepare();
    return finish();
  }

  /** Makes both ends of that job, which do not run yet. */
  void prepare() {
    start(
        List.of(new Argument.Found(0, source, TreePath.ROOT, List.of())),
        Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Merged())));
  }

  Outcome run(List<Argument> arguments, Placement placement) throws Exception {
    start(arguments, placement);
    return finish();
  }

  /** Runs what was prepared; both sides are done when it returns or throws. */
  Outcome finish() throws Exception {
    Future<JobSummary> receiving = workers.submit(receiver::run);
    JobSummary summary;
    try {
      summary = sender.run(workers);
    } catch (IOException e) {
      receiverLink.close();
      assertThatThrownBy(receiving::get).isInstanceOf(ExecutionException.class);
      throw e;
    }
    return new Outcome(summary, receiving.get());
  }

  void start(List<Argument> arguments, Placement placement) {
    sender =
        new Sender(
            senderLink,
            arguments.iterator(),
            new Sender.Options(true, links, mode, null, sendingPace),
            new Recorder(sent, _ -> {}));
    receiver =
        new Receiver(
            receiverLink,
            new Receiver.Target(target, parts, committer, placement),
            new Receiver.Options(
                mode, overwrite, checksum, Durability.NONE, receivingPace, "tester"),
            new Recorder(received, bytes -> onReceived.accept(bytes)));
  }

  /** Fails unless both ends of the connection can still be used. */
  void checkConnection() throws Exception {
    senderLink.sendNow(new Frame.Ping());
    receiverLink.sendNow(new Frame.Ok(7));
    Frame ping = receiverLink.read();
    Frame ok = senderLink.read();
    if (!ping.equals(new Frame.Ping()) || !ok.equals(new Frame.Ok(7))) {
      throw new AssertionError("the connection carries " + ping + " and " + ok);
    }
  }

  private final class Recorder implements TransferListener {
    private final List<Ended> list;
    private final Consumer<Long> onBytes;

    Recorder(List<Ended> list, Consumer<Long> onBytes) {
      this.list = list;
      this.onBytes = onBytes;
    }

    @Override
    public void ended(Ended entry) {
      list.add(entry);
    }

    @Override
    public void moved(long bytes) {
      onMoved.accept(bytes);
      onBytes.accept(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    senderLink.close();
    receiverLink.close();
    source.close();
    if (ownsTarget) {
      committer.close();
      target.close();
    }
    workers.shutdownNow();
    wire.close();
  }
}

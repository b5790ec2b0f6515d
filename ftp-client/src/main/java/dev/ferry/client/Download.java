package dev.ferry.client;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Reason;
import dev.ferry.transfer.Committer;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.LinkPolicy;
import dev.ferry.transfer.Pace;
import dev.ferry.transfer.Parts;
import dev.ferry.transfer.Placement;
import dev.ferry.transfer.Receiver;
import dev.ferry.transfer.TransferListener.Side;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.util.List;

/**
 * A GET, over as many connections as it takes. Where things go is decided once, so that a second
 * try does not take what the first one made for an existing folder.
 */
final class Download implements Repeatable, AutoCloseable {
  private final GetRequest request;
  private final GetTarget target;
  private final List<Slice> slices;
  private final Tree tree;
  private final Parts parts;
  private final Committer committer;
  private final Reporter reporter;
  private final boolean totalsWanted;
  private int next;
  private boolean tried;
  private boolean lost;

  /**
   * Sources that share one job on the wire.
   *
   * @param first the number of the first one in the request
   */
  record Slice(int first, List<RemotePath> sources, Placement placement) {}

  private Download(GetRequest request, GetTarget target, Tree tree, JobListener listener) {
    this.request = request;
    this.target = target;
    this.tree = tree;
    slices = target.slices(request.sources(), request.recursive());
    parts = new Parts(tree);
    committer = new Committer(tree, Frame.Durability.NONE);
    totalsWanted = listener.wantsTotals();
    reporter = new Reporter(listener, new Places(request, target), Side.RECEIVER);
  }

  /** Opens the folder it goes to; the caller closes the result. */
  static Download prepare(GetRequest request, GetTarget target, JobListener listener)
      throws IOException {
    return new Download(request, target, LocalTrees.open(target.root(), listener), listener);
  }

  @Override
  public JobReport run(FerryClient client) throws IOException {
    if (lost) {
      reporter.again();
    }
    lost = true;
    Reason aborted = null;
    while (next < slices.size() && aborted == null) {
      aborted = run(client.connection(), slices.get(next)).aborted();
      next++;
      tried = false;
    }
    lost = false;
    return reporter.report(aborted);
  }

  @Override
  public long finished() {
    return reporter.finished();
  }

  @Override
  public void putOff(boolean on) {
    reporter.putOff(on);
  }

  @Override
  public ErrorCode begin() {
    ErrorCode why = reporter.begin();
    if (why != null) {
      next = 0;
      tried = true;
    }
    return why;
  }

  private JobSummary run(Connection connection, Slice slice) throws IOException {
    Frame.Mode mode = mode(slice);
    reporter.startAt(slice.first());
    connection.begin();
    try (Sides sides = new Sides(connection, request.rules().usefulConnections())) {
      sides.ask();
      connection.send(
          new Frame.Get(
              mode,
              request.recursive(),
              request.rules().links() == LinkPolicy.FAIL,
              slice.sources().stream().map(Download::onTheWire).toList()));
      sides.answer();
      tried = true;
      Receiver receiver =
          new Receiver(
              connection.link(),
              new Receiver.Target(tree, parts, committer, slice.placement()),
              new Receiver.Options(
                  mode,
                  Frame.Overwrite.valueOf(request.rules().overwrite().name()),
                  request.rules().checksum(),
                  Frame.Durability.valueOf(request.rules().durability().name()),
                  new Pace(request.rules().rate()),
                  connection.link().peer()),
              reporter);
      sides.start(receiver, reporter::moved);
      return connection.run(
          new Connection.Job() {
            @Override
            public JobSummary run() throws IOException {
              return receiver.run();
            }

            @Override
            public void cancel(Reason why) {
              receiver.cancel(why);
            }
          });
    } finally {
      connection.end();
    }
  }

  /** Entries run ahead of their contents only if they are asked for. */
  private Frame.Mode mode(Slice slice) throws IOException {
    boolean several = request.recursive() || slice.sources().size() > 1;
    return tried
            || (several && totalsWanted)
            || parts.areLeft()
            || !target.isEmptyFor(slice.sources())
        ? Frame.Mode.ASK
        : Frame.Mode.ALL;
  }

  private static Frame.SourcePath onTheWire(RemotePath source) {
    return new Frame.SourcePath(source.pattern(), source.components());
  }

  /** Where entries come from, seen from the root there, and where they go. */
  private record Places(GetRequest request, GetTarget target) implements Reporter.Places {
    @Override
    public String folder(int argument) {
      List<String> components = request.sources().get(argument).components();
      int depth = components.size() - 1;
      return depth <= 0 ? "/" : "/" + String.join("/", components.subList(0, depth)) + "/";
    }

    @Override
    public String target(int argument, List<String> path) {
      RemotePath source = request.sources().get(argument);
      boolean renamed = target.as() != null || source.contents();
      boolean withName = !renamed || source.components().isEmpty();
      List<String> below = withName || path.isEmpty() ? path : path.subList(1, path.size());
      String folder = request.target().toString();
      return below.isEmpty() ? folder : folder + "/" + String.join("/", below);
    }
  }

  @Override
  public void close() {
    committer.close();
    tree.close();
  }
}

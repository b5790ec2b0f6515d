package dev.ferry.client;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.Argument;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.LinkFollower;
import dev.ferry.transfer.LinkPolicy;
import dev.ferry.transfer.Pace;
import dev.ferry.transfer.Sender;
import dev.ferry.transfer.TransferListener;
import dev.ferry.transfer.TransferListener.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A PUT, over as many connections as it takes. The server decides where things go; what it found at
 * the first try is remembered, so that a second try does not take what the first one made for an
 * existing folder.
 */
final class Upload implements Repeatable, AutoCloseable {
  private final PutRequest request;
  private final LocalTrees trees;
  private final Reporter reporter;
  private final LookAhead ahead;
  private int next;
  private boolean tried;
  private boolean lost;
  private boolean becomesTarget;

  private Upload(PutRequest request, JobListener listener, boolean lookAhead) {
    this.request = request;
    trees = new LocalTrees(listener);
    ahead = lookAhead ? LookAhead.start(request, listener) : null;
    reporter = new Reporter(listener, i -> request.sources().get(i).folder(), Side.SENDER);
  }

  /**
   * Looks at what there is to send; the caller closes the result.
   *
   * @throws NoSuchFileException if there is nothing at all
   */
  static Upload prepare(PutRequest request, JobListener listener) throws IOException {
    List<LocalSource> sources = request.sources();
    LocalSource first = sources.getFirst();
    if (sources.size() == 1 && !Files.exists(first.path(), LinkOption.NOFOLLOW_LINKS)) {
      BadLocalNameException.check(first.typed(), first.path());
      throw new NoSuchFileException(first.typed());
    }
    return new Upload(request, listener, listener.wantsTotals());
  }

  @Override
  public JobReport run(FerryClient client) throws IOException {
    if (lost) {
      reporter.again();
    }
    lost = true;
    Reason aborted = null;
    while (next < request.sources().size() && aborted == null) {
      int end = Math.min(next + Limits.ARGUMENTS, request.sources().size());
      aborted = run(client.connection(), next, end).aborted();
      next = end;
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

  private JobSummary run(Connection connection, int first, int end) throws IOException {
    boolean merge = tried && becomesTarget;
    reporter.startAt(first);
    connection.begin();
    try (Sides sides = new Sides(connection, request.rules().usefulConnections())) {
      sides.ask();
      if (isAmbiguous() && !tried) {
        connection.send(new Frame.Stat(request.target().components()));
        connection.send(opening(first, end, false));
        sides.answer();
        becomesTarget = !isFolder(connection);
      } else {
        connection.send(opening(first, end, merge));
        sides.answer();
        connection.greet();
      }
      tried = true;
      Sender sender = sender(connection, first, end, merge);
      sides.start(sender, reporter::moved);
      return connection.run(new SenderJob(sender));
    } finally {
      connection.end();
    }
  }

  /** Whether a folder may become the target or go into it, depending on what stands there. */
  private boolean isAmbiguous() {
    return request.sources().size() == 1
        && !request.target().folder()
        && Files.isDirectory(request.sources().getFirst().path());
  }

  private static boolean isFolder(Connection connection) throws IOException {
    try {
      return switch (connection.receive()) {
        case Frame.Attributes found -> found.attributes().kind() == Frame.Kind.FOLDER;
        case Frame other -> throw Broken.answer(connection, other);
      };
    } catch (RefusedException e) {
      if (Errors.isLastWord(e.reason())) {
        throw e;
      }
      return false;
    }
  }

  private Frame opening(int first, int end, boolean merge) {
    List<LocalSource> sources = request.sources();
    return new Frame.Put(
        request.target().folder() || merge,
        request.rules().checksum(),
        Frame.Overwrite.valueOf(request.rules().overwrite().name()),
        Frame.Durability.valueOf(request.rules().durability().name()),
        request.target().components(),
        merge ? List.of("") : sources.subList(first, end).stream().map(LocalSource::name).toList());
  }

  private Sender sender(Connection connection, int first, int end, boolean merge) {
    Iterator<Argument> arguments =
        IntStream.range(first, end)
            .mapToObj(i -> trees.argument(i - first, request.sources().get(i)))
            .map(argument -> merge ? unnamed(argument) : argument)
            .iterator();
    LinkPolicy links = request.rules().links();
    LinkFollower follower = links == LinkPolicy.FOLLOW ? trees : null;
    return new Sender(
        connection.link(),
        arguments,
        new Sender.Options(
            request.recursive(), links, null, follower, new Pace(request.rules().rate())),
        merge ? new Renamed(reporter, request.sources().getFirst().name()) : reporter);
  }

  private static Argument unnamed(Argument argument) {
    return switch (argument) {
      case Argument.Found a ->
          new Argument.Found(a.index(), a.tree(), a.start(), List.of(), a.matched());
      case Argument.Missing a -> new Argument.Missing(a.index(), List.of(), a.reason());
    };
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.close();
    }
    trees.close();
  }

  private record SenderJob(Sender sender) implements Connection.Job {
    @Override
    public JobSummary run() throws IOException {
      return sender.run(task -> Thread.ofPlatform().daemon().name("ferry-sender").start(task));
    }

    @Override
    public void cancel(Reason why) {
      sender.cancel(why);
    }
  }

  /** Puts the name of the source before paths that go without it in a second try. */
  private record Renamed(TransferListener listener, String name) implements TransferListener {
    @Override
    public void announced(int argument, List<String> path, Frame.FileAttributes attributes) {
      listener.announced(argument, path, attributes);
    }

    @Override
    public void moved(long bytes) {
      listener.moved(bytes);
    }

    @Override
    public void ended(Ended entry) {
      List<String> path = new ArrayList<>(entry.path());
      path.addFirst(name);
      listener.ended(
          new Ended(
              entry.argument(),
              path,
              entry.attributes(),
              entry.moved(),
              entry.status(),
              entry.by(),
              entry.reason()));
    }

    @Override
    public void totals(long entries, long bytes) {
      listener.totals(entries, bytes);
    }

    @Override
    public void awaiting(Awaited what) {
      listener.awaiting(what);
    }
  }
}

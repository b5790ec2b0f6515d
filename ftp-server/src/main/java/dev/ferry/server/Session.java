package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.Activity.Phase;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.transfer.Joinable;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What happens on a connection once it has logged in: one request after the other, each answered
 * before the next is read (spec 6). The session's thread waits for the peer; all that touches files
 * runs on a worker.
 */
final class Session {
  private final Service service;
  private final Connection connection;
  private final Principal principal;
  private final Link link;
  private final Activity activity;
  private final TreeRequests tree;
  private final Jobs jobs;
  private long number;

  Session(Service service, Connection connection) {
    this.service = service;
    this.connection = connection;
    this.link = connection.link();
    this.activity = connection.activity();
    this.principal = connection.principal();
    this.tree = new TreeRequests(principal.home().tree(), service.durability());
    this.jobs = new Jobs(service, principal, link, tree);
  }

  /** Returns when the peer is done, or was told to leave. */
  void run() throws IOException {
    link.sendNow(welcome());
    link.loggedIn();
    connection
        .about(service.log().info("login"))
        .with("user", principal.name())
        .with("role", Words.of(principal.role()))
        .write();
    boolean more = true;
    while (more && awaitsRequests()) {
      FrameHeader header = link.next();
      if (header == null) {
        return;
      }
      Frame frame = frame(header);
      more = activity.enter(Phase.SERVING) && handle(frame);
    }
  }

  private Frame.Welcome welcome() {
    long idle = Math.clamp(service.times().idle().toSeconds(), 1, Integer.MAX_VALUE);
    return new Frame.Welcome(principal.role(), connection.id(), idle, principal.proof());
  }

  private boolean awaitsRequests() {
    link.owe(false);
    connection.doing("idle");
    if (!activity.enter(Phase.WAITING)) {
      return false;
    }
    if (service.connections().isDraining()) {
      connection.drain();
    }
    return activity.phase() == Phase.WAITING;
  }

  private Frame frame(FrameHeader header) throws IOException {
    if (header.type() == FrameType.DATA) {
      throw new ProtocolException("DATA outside of a job (spec 3)");
    }
    return link.control(header);
  }

  /** Answers one request; false if it was the last. */
  private boolean handle(Frame frame) throws IOException {
    link.owe(true);
    number++;
    connection.doing(Words.of(frame.type()));
    switch (frame) {
      case Frame.Get f -> jobs.get(f, jobLog("get", f.sources().getFirst().path()), this::running);
      case Frame.Put f -> jobs.put(f, jobLog("put", f.target()), this::running);
      case Frame.ListFolder f ->
          answer(f, f.path(), () -> new Listings(principal.home().tree(), link, f).list());
      case Frame.Stat f -> answer(f, f.path(), () -> tree.stat(f));
      case Frame.MakeFolder f -> answer(f, f.path(), writing(() -> tree.makeFolder(f)));
      case Frame.Remove f -> answer(f, f.path(), writing(() -> tree.remove(f)));
      case Frame.Rename f -> answer(f, f.from(), writing(() -> tree.rename(f)));
      case Frame.Checksum f -> answer(f, f.path(), () -> tree.checksum(f));
      case Frame.Ping _ -> link.sendNow(new Frame.Ok(0));
      case Frame.Issue _ -> link.sendNow(new Frame.Ticket(connection.ticket()));
      case Frame.Join f -> {
        return !join(f);
      }
      case Frame.Quit _ -> {
        link.sendNow(new Frame.Ok(0));
        return false;
      }
      case Frame.Failure f -> {
        connection.about(service.log().warn("peer-error")).reason(f.reason()).write();
        return false;
      }
      case Frame.Greeting _,
          Frame.Alive _,
          Frame.Reply _,
          Frame.FromSender _,
          Frame.FromReceiver _,
          Frame.Abort _ ->
          throw new ProtocolException(
              "%s where a request is expected (spec 3)".formatted(frame.type()));
    }
    return true;
  }

  /** Does the work of a request on a worker and sends its reply, or why there is none. */
  private void answer(Frame.Request request, List<String> path, Callable<Frame> work)
      throws IOException {
    long began = System.nanoTime();
    Event event = about(service.log().info(Words.of(request.type())), path);
    Frame reply;
    try {
      reply = service.workers().call(work);
    } catch (ConnectionLostException | ProtocolException e) {
      throw e;
    } catch (IOException e) {
      reply = Replies.failure(e);
    }
    Replies.describe(reply, event).since(began).write();
    audit(request, reply);
    link.sendNow(reply);
  }

  private void running(Joinable job) {
    connection.running(number, job);
  }

  /** Carries a share of another connection's job until that is over; false if it cannot. */
  private boolean join(Frame.Join join) throws IOException {
    Joinable job = connection.jobToJoin(join.job());
    if (job == null || !job.mayJoin(link)) {
      link.sendNow(
          Replies.failure(
              new RefusedException(ErrorCode.NOT_FOUND, "there is no such job to join")));
      return false;
    }
    service
        .workers()
        .call(
            () -> {
              link.sendNow(new Frame.Ok(0));
              job.join(link);
              return null;
            });
    return true;
  }

  private JobLog jobLog(String verb, List<String> path) {
    String id = id();
    JobAudit audit =
        new JobAudit(
            service.audit(), verb, event -> connection.trail().about(event).with("id", id));
    return new JobLog(service.log(), event -> about(event, path), audit);
  }

  private String id() {
    return connection.id() + "." + number;
  }

  /** Writes down what was changed, or was not. */
  private void audit(Frame.Request request, Frame reply) {
    AuditEvent event =
        switch (request) {
          case Frame.MakeFolder f -> AuditEvent.of("mkdir").with("path", place(f.path()));
          case Frame.Remove f -> AuditEvent.of("remove").with("path", place(f.path()));
          case Frame.Rename f ->
              AuditEvent.of("rename").with("path", place(f.from())).with("to", place(f.to()));
          default -> null;
        };
    if (event != null) {
      connection.trail().about(event).with("id", id());
      service
          .audit()
          .add(
              switch (reply) {
                case Frame.Ok ok -> event.with("count", ok.count());
                case Frame.Failure failure -> event.reason(failure.reason());
                default -> event;
              });
    }
  }

  /** As seen from the served root, whatever the home is. */
  private String place(List<String> path) {
    return "/" + String.join("/", principal.place(path));
  }

  /** Adds to a line of the log which request it is about. */
  private Event about(Event event, List<String> path) {
    return connection.about(event).with("id", id()).path("path", path);
  }

  private Callable<Frame> writing(Callable<Frame> work) {
    return () -> {
      if (principal.role() == Role.READER) {
        throw new RefusedException(ErrorCode.NO_PERMISSION, "a reader may only list and get");
      }
      return work.call();
    };
  }
}

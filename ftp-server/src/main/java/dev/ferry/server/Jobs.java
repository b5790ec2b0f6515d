package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.Joinable;
import dev.ferry.transfer.LinkPolicy;
import dev.ferry.transfer.Pace;
import dev.ferry.transfer.Placement;
import dev.ferry.transfer.Receiver;
import dev.ferry.transfer.Sender;
import dev.ferry.transfer.Sources;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** GET and PUT on one connection (spec 7): the server's part is to say where things are and go. */
final class Jobs {
  private final Service service;
  private final Principal principal;
  private final Home home;
  private final Link link;
  private final TreeRequests requests;

  Jobs(Service service, Principal principal, Link link, TreeRequests requests) {
    this.service = service;
    this.principal = principal;
    this.home = principal.home();
    this.link = link;
    this.requests = requests;
  }

  /** Sends what is asked for; returns when the connection is ready for requests again. */
  void get(Frame.Get get, JobLog log, Consumer<Joinable> running) throws IOException {
    Sender.Options options =
        new Sender.Options(
            get.recursive(),
            get.failOnLinks() ? LinkPolicy.FAIL : LinkPolicy.SKIP,
            get.mode(),
            null,
            Pace.FREE);
    log.audit().places((argument, path) -> place(get.sources().get(argument).path(), path));
    Sender sender = new Sender(link, Sources.expand(home.tree(), get.sources()), options, log);
    running.accept(sender);
    try {
      logged("get", log, () -> sender.run(service.workers().executor()));
    } finally {
      running.accept(null);
    }
  }

  /** Of a pattern in the name of a folder nobody can say later what it matched. */
  private List<String> place(List<String> source, List<String> path) {
    List<String> place = new ArrayList<>();
    if (!path.equals(source) && !source.isEmpty()) {
      place.addAll(source.subList(0, source.size() - 1));
    }
    place.addAll(path);
    return principal.place(place);
  }

  /** Receives; returns when the connection is ready for requests again. */
  void put(Frame.Put put, JobLog log, Consumer<Joinable> running) throws IOException {
    log.audit().places((_, path) -> path);
    PutTarget target;
    try {
      target = service.workers().call(() -> target(put));
    } catch (ConnectionLostException | ProtocolException e) {
      throw e;
    } catch (IOException e) {
      log.broken("put", e);
      Receiver.refuse(link, Errors.reason(e));
      return;
    }
    Placement placement = target.placement();
    log.audit()
        .places((argument, path) -> principal.place(placement.place(argument, path).components()));
    link.sendNow(new Frame.Job(target.mode()));
    Receiver receiver =
        new Receiver(
            link,
            new Receiver.Target(home.tree(), home.parts(), service.committer(), placement),
            new Receiver.Options(
                target.mode(),
                put.overwrite(),
                put.checksum(),
                put.durability(),
                Pace.FREE,
                principal.name()),
            log);
    running.accept(receiver);
    try {
      logged("put", log, () -> service.workers().call(receiver::run));
    } finally {
      running.accept(null);
    }
  }

  private PutTarget target(Frame.Put put) throws IOException {
    if (principal.role() == Role.READER) {
      throw new RefusedException(
          new Reason(ErrorCode.NO_PERMISSION, "a reader may only list and get"));
    }
    PutTarget target = PutTarget.decide(home.tree(), requests, put);
    return home.parts().areLeft() ? target.asking() : target;
  }

  private void logged(String event, JobLog log, Callable<JobSummary> job) throws IOException {
    try {
      log.finished(event, job.call());
    } catch (RefusedException e) {
      log.broken(event, e);
      // A client's ERROR is its last word, and has no answer (spec 9).
      throw link.lost("gave up: " + e.getMessage());
    } catch (IOException e) {
      log.broken(event, e);
      throw e;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

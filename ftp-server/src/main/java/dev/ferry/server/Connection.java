package dev.ferry.server;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.server.Activity.Phase;
import dev.ferry.server.account.Sessions;
import dev.ferry.transfer.Joinable;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.login.Binding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One connection from accept to close: greeting, a place, the session, the last words. Runs on a
 * virtual thread of its own, which waits where sessions run on platform threads; {@link #drain},
 * {@link #expire} and {@link #cut} come from other threads.
 */
final class Connection implements Runnable {
  private static final int DROPPED_AT_ONCE = 4 << 10;

  private final Service service;
  private final SocketChannel channel;
  private final Link link;
  private final Binding binding;
  private final Source source;
  private final String peer;
  private final String id;
  private final Trail trail;
  private final Activity activity = new Activity();
  private final long began = System.nanoTime();
  private final Instant since = Instant.now();
  private volatile String doing = "idle";
  private boolean holdsSlot;
  private volatile Principal principal;
  private Connection first;
  private Bytes ticket;
  private volatile Numbered running;

  /** What it will have been if it ends now; null: nothing bad. */
  private final AtomicReference<Offence> offence = new AtomicReference<>(Offence.NO_LOGIN);

  private record Numbered(long number, Joinable job) {}

  /** Takes over an accepted channel, which {@link #run} or {@link #cut} closes. */
  Connection(Service service, SocketChannel channel, Source source, String id) throws IOException {
    this.service = service;
    this.channel = channel;
    this.source = source;
    this.peer = Peers.name(channel);
    this.id = id;
    this.trail = new Trail(service.audit(), id, peer);
    Encryption.OneConnection own = service.encryption().next();
    this.binding = own.binding();
    this.link = new Link(channel, peer, service.times().link(), own.engine());
  }

  /** The name of this connection in the log and in WELCOME. */
  String id() {
    return id;
  }

  Link link() {
    return link;
  }

  Trail trail() {
    return trail;
  }

  Activity activity() {
    return activity;
  }

  /** Who is on the other side; null before the login. */
  Principal principal() {
    return principal;
  }

  /** Adds to a line of the log which connection it is about. */
  Event about(Event event) {
    return event.with("conn", id).with("peer", peer);
  }

  /** Told under no lock, by the connection's own thread. */
  void holdsSlot() {
    holdsSlot = true;
  }

  boolean isHoldingSlot() {
    return holdsSlot;
  }

  @Override
  public void run() {
    try {
      serve();
      if (!activity.end()) {
        linger();
      }
    } catch (RefusedException e) {
      refuse(e.reason());
    } catch (ProtocolException e) {
      refuse(new Reason(ErrorCode.PROTOCOL, e.getMessage()));
    } catch (IOException e) {
      lost(e);
    } catch (Throwable e) {
      defect(e);
    } finally {
      close();
    }
  }

  private void serve() throws IOException, InterruptedException {
    link.secure();
    if (service.connections().isDraining()) {
      offence.set(null);
      busy(Connections.busy());
      return;
    }
    if (service.audit().isFailing()) {
      busy(Connections.unrecorded());
      return;
    }
    Frame.Login login = Greeting.receive(link, FerryServer.SOFTWARE);
    trail.tried(login);
    if (login.method() == Frame.Login.TICKET) {
      first = holder(login.proof());
      principal = first.principal.again();
      service.homes().enterAgain(principal.entered());
    } else {
      offence.set(Logins.isGuess(login) ? Offence.GUESS : Offence.NO_LOGIN);
      principal = service.logins().login(login, link, binding, source, new Steps());
    }
    offence.set(null);
    service.sources().loggedIn(source);
    if (!activity.enter(Phase.SERVING)) {
      return;
    }
    link.owe(true);
    Frame.Busy busy = service.connections().admit(this, service.times().turn());
    if (busy == null) {
      trail.loggedIn(principal);
      runSession();
    } else {
      busy(busy);
    }
  }

  private final class Steps implements Logins.Steps {
    @Override
    public void asking() {
      activity.enter(Phase.PROVING);
    }

    @Override
    public void registered(String user) {
      trail.registered(user);
    }
  }

  private Connection holder(Bytes ticket) throws RefusedException {
    Connection holder = service.tickets().holder(ticket);
    if (holder == null) {
      throw new RefusedException(ErrorCode.LOGIN_REFUSED, "the ticket is not good any more");
    }
    return holder;
  }

  /** The secret that others may log in with as long as this connection lasts. */
  Bytes ticket() {
    if (ticket == null) {
      ticket = service.tickets().issue(this);
    }
    return ticket;
  }

  /** A job runs under this number; null: none does any more. */
  void running(long number, Joinable job) {
    running = job == null ? null : new Numbered(number, job);
  }

  /** The job of this number on the connection whose ticket this one came with; null if none. */
  Joinable jobToJoin(long number) {
    Numbered job = first == null ? null : first.running;
    return job == null || job.number() != number ? null : job.job();
  }

  private void runSession() throws IOException {
    Session session = new Session(service, this);
    switch (service.threads()) {
      case SessionThreads.Virtual _ -> session.run();
      case SessionThreads.Platform _, SessionThreads.Pool _ ->
          Handover.call(
              task -> Thread.ofPlatform().daemon().name("ferry-session-" + id).start(task),
              () -> {
                session.run();
                return null;
              });
    }
  }

  private void busy(Frame.Busy busy) {
    if (activity.phase() != Phase.ENDED) {
      about(service.log().warn("busy")).with("msg", busy.text()).write();
      trail.turnedAway(busy.text());
    }
    say(busy);
  }

  private void refuse(Reason reason) {
    penalise();
    if (activity.phase() != Phase.ENDED) {
      about(service.log().warn("refused")).with("user", trail.claimed()).reason(reason).write();
      trail.refused(reason);
    }
    say(failure(reason));
  }

  /** Once: whoever comes from there next finds it counted. */
  private void penalise() {
    Offence done = offence.getAndSet(null);
    if (done != null) {
      service.sources().penalise(source, done);
    }
  }

  private void lost(IOException e) {
    if (e.getCause() instanceof RuntimeException || e.getCause() instanceof Error) {
      defect(e.getCause());
    } else if (activity.end()) {
      trail.ends(e.getMessage());
      about(service.log().info("lost")).with("msg", e.getMessage()).write();
    }
  }

  private void defect(Throwable defect) {
    about(service.log().defect(defect)).write();
    trail.ends(ErrorCode.INTERNAL.meaning());
    say(failure(new Reason(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning())));
  }

  /** Says a last frame, unless somebody else did, and waits until the peer has read it. */
  private void say(Frame last) {
    link.deadline(service.times().farewell(), "did not leave");
    try {
      if (activity.end()) {
        link.sendNow(last);
      }
      linger();
    } catch (IOException _) {
      // The peer left first, or its time is over.
    }
  }

  /**
   * Drops what still comes until the peer closes. Closing with unread bytes would reset the
   * connection, and the reset may overtake the last frame and destroy it.
   */
  private void linger() throws IOException {
    link.deadline(service.times().farewell(), "did not leave");
    ByteBuffer dropped = ByteBuffer.allocate(DROPPED_AT_ONCE);
    while (channel.read(dropped) >= 0) {
      dropped.clear();
    }
  }

  /** The one place where the connection gives back what it holds. */
  private void close() {
    activity.end();
    penalise();
    if (ticket != null) {
      service.tickets().revoke(ticket);
    }
    if (principal != null) {
      service.sources().loggedOut(source);
      service.homes().leave(principal.entered());
    }
    link.close();
    try {
      about(service.log().info("close"))
          .with("in", link.bytesRead())
          .with("out", link.bytesWritten())
          .since(began)
          .write();
      trail.loggedOut(link.bytesRead(), link.bytesWritten());
    } finally {
      service.connections().leave(this);
      service.sources().leave(source);
    }
  }

  // ---- from other threads

  /** Ends the connection unless something is being done for the peer; then the session ends it. */
  void drain() {
    if (activity.endIf(Phase.GREETING) || activity.endIf(Phase.PROVING)) {
      offence.set(null);
      sayElsewhere(Connections.busy(), ErrorCode.DRAINING.meaning());
    } else if (activity.endIf(Phase.WAITING)) {
      sayElsewhere(new Reason(ErrorCode.DRAINING, ErrorCode.DRAINING.meaning()));
    }
  }

  /** Ends the connection if it took too long to log in, or was idle for too long. */
  void expire() {
    String over = overdue();
    if (activity.endIf(Phase.GREETING, service.times().login())) {
      offence.set(Offence.TOO_SLOW);
      sayElsewhere(timeout("no complete LOGIN came within %s s", service.times().login()));
    } else if (activity.endIf(Phase.PROVING, Limits.PROOF_TIME)) {
      offence.set(Offence.TOO_SLOW);
      sayElsewhere(timeout("no PROOF came within %s s", Limits.PROOF_TIME));
    } else if (over != null && activity.endIf(Phase.WAITING)) {
      sayElsewhere(new Reason(ErrorCode.TIMEOUT, over));
    } else if (over != null && activity.phase() == Phase.SERVING) {
      dismiss(over);
    } else if (activity.endIf(Phase.WAITING, service.times().idle())) {
      sayElsewhere(timeout("no request came within %s s", service.times().idle()));
    }
  }

  /** Why this session has to end, whatever it does; null if it may go on. */
  private String overdue() {
    Principal who = principal;
    if (who != null && who.isOver()) {
      return "the token is good no longer";
    }
    Duration most = service.times().session();
    boolean over = most.isPositive() && System.nanoTime() - began > most.toNanos();
    return over ? "a session lasts %d s at most".formatted(most.toSeconds()) : null;
  }

  /** Ends it whatever it does, and says why where that is possible. */
  void dismiss(String why) {
    if (activity.endIf(Phase.WAITING)) {
      sayElsewhere(new Reason(ErrorCode.LOGIN_REFUSED, why));
    } else {
      about(service.log().info("ended")).with("msg", why).write();
      cut(why);
    }
  }

  /** What administrators see of it. */
  Sessions.SessionInfo info() {
    Principal who = principal;
    return new Sessions.SessionInfo(
        id, who.name(), who.role(), peer, since, doing, link.bytesRead(), link.bytesWritten());
  }

  /** What is being done for the peer, in a word. */
  void doing(String request) {
    doing = request;
  }

  /** Closes the connection in the middle of whatever it does. */
  void cut(String why) {
    trail.ends(why);
    if (activity.end()) {
      about(service.log().warn("cut")).with("msg", why).write();
    }
    link.abort();
  }

  private static Reason timeout(String text, Duration limit) {
    return new Reason(ErrorCode.TIMEOUT, text.formatted(limit.toSeconds()));
  }

  private static Frame failure(Reason reason) {
    return new Frame.Failure(reason, Frame.Failure.NO_COMPONENT);
  }

  private void sayElsewhere(Reason reason) {
    sayElsewhere(failure(reason), reason.text());
  }

  /** The caller must not wait for this peer. The connection's own thread lingers. */
  private void sayElsewhere(Frame last, String why) {
    link.deadline(service.times().farewell(), "did not leave");
    about(service.log().info("ended")).with("msg", why).write();
    trail.ends(why);
    Thread.startVirtualThread(
        () -> {
          try {
            link.sendNow(last);
          } catch (IOException _) {
            // The peer left first, or its time is over.
          }
        });
  }
}

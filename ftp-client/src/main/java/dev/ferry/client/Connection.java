package dev.ferry.client;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.link.BusyException;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.ProofException;
import dev.ferry.transfer.tls.ServerIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The link of a client, with what belongs to every call: the greeting, the numbers of requests, and
 * cancelling. The thread of the call uses it; only {@link #cancel()} and {@link #close()} come from
 * others.
 */
final class Connection implements AutoCloseable {
  private final Endpoint endpoint;
  private final ClientOptions options;
  private final Link link;
  private final Credential.Exchange login;
  private final ServerIdentity server;
  private final boolean known;
  private final boolean late;
  private long greetBy;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Frame.Welcome welcome;
  private volatile long requests;
  private volatile Duration roundTrip;

  // Guarded by the lock.
  private Job job;
  private boolean busy;
  private boolean cancelled;

  /** A transfer job that is about to run over the link. */
  interface Job {
    JobSummary run() throws IOException;

    /** Ends it early, in order. Any thread. */
    void cancel(Reason why);
  }

  /** Makes itself known over a connected link, to a server that was not told anything yet. */
  private Connection(Endpoint endpoint, ClientOptions options, Link link, long greetBy)
      throws IOException {
    this.endpoint = endpoint;
    this.options = options;
    this.link = link;
    this.greetBy = greetBy;
    boolean encrypted = isEncrypted(endpoint, options);
    server = encrypted ? secure() : null;
    known = !encrypted || options.trust().check(endpoint, server);
    if (!encrypted && !link.isLocal() && options.credential().isSecret()) {
      throw new IdentityException(
          "logins without encryption go over loopback and Unix sockets only; leave out"
              + " --plaintext");
    }
    Binding binding = encrypted ? Binding.to(server.fingerprint()) : Binding.NONE;
    long before = greetBy;
    login = ownTime(() -> options.credential().begin(binding));
    late = this.greetBy - before > options.connectLimit().toNanos() / 2;
  }

  /** Does something that takes this side's time and not the server's. */
  private <T> T ownTime(Step<T> step) throws IOException {
    long start = System.nanoTime();
    T result = step.run();
    greetBy += System.nanoTime() - start;
    return result;
  }

  /** A step of the greeting. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException;
  }

  static boolean isEncrypted(Endpoint endpoint, ClientOptions options) {
    return endpoint instanceof Endpoint.Tcp && !options.plaintext();
  }

  /** One more connection to the same server, for whom this ticket stands. */
  Connection another(Bytes ticket) throws IOException {
    return open(endpoint, options.with(new Credential.Ticket(ticket)));
  }

  /**
   * Connects and says hello; the answer is read before the first reply, or at once where the server
   * has to prove something before it is told more.
   */
  static Connection open(Endpoint endpoint, ClientOptions options) throws IOException {
    Connection connection = connect(endpoint, options);
    if (connection.late) {
      // The server has not waited for a person; what they agreed to is still good.
      connection.close();
      connection = connect(endpoint, options);
    }
    try {
      connection.introduce();
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Connects, and decides about the server before anything is said to it. */
  static Connection connect(Endpoint endpoint, ClientOptions options) throws IOException {
    long greetBy = System.nanoTime() + options.connectLimit().toNanos();
    Dial dial = Dial.to(endpoint, options, isEncrypted(endpoint, options));
    try {
      Connection connection = new Connection(endpoint, options, dial.link(), greetBy);
      connection.roundTrip = dial.roundTrip();
      return connection;
    } catch (IOException | RuntimeException e) {
      dial.link().close();
      throw e;
    }
  }

  private void introduce() throws IOException {
    Greeting.say(link, "ferry/" + Version.NUMBER, login);
    if (login.isAskedBack()) {
      link.flush();
      Frame.Challenge challenge = greeting(() -> Greeting.asked(link));
      link.send(ownTime(() -> login.answer(challenge)));
    }
    if (known) {
      link.beforeReading(this::hearGreeting);
    } else {
      link.flush();
      hearGreeting();
      options.trust().remember(endpoint, server);
    }
  }

  /** What the server proves to be. */
  private ServerIdentity secure() throws IOException {
    link.deadline(Duration.ofNanos(Math.max(1, greetBy - System.nanoTime())), "did not greet");
    try {
      return link.secure();
    } catch (ConnectionLostException e) {
      throw noGreeting(e);
    } finally {
      link.deadline(null, "");
    }
  }

  private CannotConnectException noGreeting(ConnectionLostException e) {
    String why =
        System.nanoTime() > greetBy
            ? "it did not greet within %d s".formatted(options.connectLimit().toSeconds())
            : "it hung up before it greeted; perhaps it turns this address away for now, as its"
                + " log says";
    return new CannotConnectException(
        endpoint, "no Ferry server answered at %s: %s".formatted(link.peer(), why), e);
  }

  private void hearGreeting() throws IOException {
    welcome = greeting(() -> Greeting.hear(link, login));
  }

  private <T> T greeting(Step<T> step) throws IOException {
    link.deadline(Duration.ofNanos(Math.max(1, greetBy - System.nanoTime())), "did not greet");
    try {
      return step.run();
    } catch (ProofException e) {
      throw new IdentityException(
          "%s does not know what it let in: somebody may be in between, or it is another server"
              .formatted(link.peer()));
    } catch (RefusedException e) {
      throw e.reason().is(ErrorCode.LOGIN_REFUSED) ? loginRefused(e) : e;
    } catch (BusyException e) {
      throw new ServerBusyException(link.peer(), e.busy());
    } catch (ConnectionLostException e) {
      throw noGreeting(e);
    } finally {
      link.deadline(null, "");
    }
  }

  /** A proof is good for one server only: to another one it looks wrong. */
  private LoginRefusedException loginRefused(RefusedException e) {
    String text =
        "%s does not let %s in: %s"
            .formatted(link.peer(), options.credential().who(), e.reason().said());
    return known || !options.credential().isSecret()
        ? new LoginRefusedException(text)
        : new LoginRefusedException(text)
            .hint(
                ("if that cannot be, somebody may be in between: this server has the fingerprint"
                        + " %s; compare it with what \"ferryd fingerprint\" prints there")
                    .formatted(server.fingerprint()));
  }

  /** Reads the greeting if that has not happened yet. */
  void greet() throws IOException {
    if (welcome == null) {
      link.beforeReading(null);
      try {
        link.flush();
        hearGreeting();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  Link link() {
    return link;
  }

  /** Whether the other side may be on another machine. */
  boolean isRemote() {
    return endpoint instanceof Endpoint.Tcp;
  }

  /** How long it takes at most until an answer comes, by all that was seen. */
  Duration roundTrip() {
    return roundTrip;
  }

  /** An answer came within so long. */
  void tookAtMost(Duration time) {
    if (time.compareTo(roundTrip) < 0) {
      roundTrip = time;
    }
  }

  /** How many requests were sent, GET and PUT included. */
  long requests() {
    return requests;
  }

  /** What the server lets this side do; null before the greeting. */
  Role role() {
    return welcome == null ? null : Role.valueOf(welcome.role().name());
  }

  /** Names the latest request in the logs of both ends (spec 5.2); null before the greeting. */
  String lastRequest() {
    return welcome == null ? null : welcome.session() + "." + requests;
  }

  /** Begins a call. */
  void begin() throws IOException {
    lock.lock();
    try {
      if (busy) {
        throw new IllegalStateException("a connection does one thing at a time");
      }
      busy = true;
      cancelled = false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a call, whatever became of it. */
  void end() {
    lock.lock();
    try {
      busy = false;
      job = null;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a request or the opening of a job. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Only the thread of the call writes it.
  void send(Frame frame) throws IOException {
    try {
      link.send(frame);
      requests++;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** The next frame of a reply. */
  Frame receive() throws IOException {
    Frame frame;
    try {
      link.flush();
      link.expect();
      frame = link.read();
      link.expect(null, "");
    } catch (IOException e) {
      throw failed(e);
    }
    if (frame instanceof Frame.Failure failure) {
      throw refused(failure.reason());
    }
    return frame;
  }

  /** Runs a job whose opening was sent. */
  JobSummary run(Job next) throws IOException {
    lock.lock();
    try {
      if (cancelled) {
        link.close();
      }
      job = next;
    } finally {
      lock.unlock();
    }
    try {
      link.flush();
      JobSummary summary = next.run();
      throwIfCancelled();
      return summary;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Cancels the call that is under way, if any: a job in order, so that the connection survives;
   * anything else, and a job at the second time, by closing.
   */
  void cancel() {
    Job running;
    lock.lock();
    try {
      if (!busy) {
        return;
      }
      running = cancelled ? null : job;
      cancelled = true;
    } finally {
      lock.unlock();
    }
    if (running == null) {
      link.abort();
    } else {
      running.cancel(new Reason(ErrorCode.CANCELLED, "cancelled by the user"));
    }
  }

  private void throwIfCancelled() throws CancelledException {
    lock.lock();
    try {
      if (cancelled) {
        throw new CancelledException();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The exception to be thrown for one that came from the link, which is closed if it is lost. */
  IOException failed(IOException e) {
    boolean lost = e instanceof ConnectionLostException || e instanceof ProtocolException;
    boolean last = e instanceof RefusedException said && Errors.isLastWord(said.reason());
    if (lost || last || welcome == null) {
      link.close();
    }
    try {
      throwIfCancelled();
    } catch (CancelledException wanted) {
      return wanted;
    }
    return e;
  }

  private IOException refused(Reason reason) {
    if (Errors.isLastWord(reason)) {
      link.close();
    }
    // Both may have been said before the request was: then nobody has looked at it.
    return reason.is(ErrorCode.TIMEOUT) || reason.is(ErrorCode.DRAINING)
        ? link.lost("closed the connection (" + reason.said() + ")")
        : new RefusedException(reason);
  }

  boolean isOpen() {
    return link.isOpen();
  }

  @Override
  public void close() {
    link.close();
  }
}

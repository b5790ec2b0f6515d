package dev.ferry.server;

import dev.ferry.protocol.Frame;
import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.Sessions;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.server.audit.AuditLog;
import dev.ferry.transfer.Committer;
import dev.ferry.transfer.Uninterrupted;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running server. It keeps its promises to clients while it goes down: {@link #close()} drains
 * first. Safe for use by many threads.
 *
 * {@snippet :
 * try (FerryServer server =
 *     FerryServer.serving(folder).anonymous(Role.WRITER).start()) {
 *   connect("127.0.0.1", server.port(), server.fingerprint());
 * }
 * }
 */
public final class FerryServer implements AutoCloseable {
  /** Name and version, as HELLO carries them. */
  public static final String SOFTWARE = "ferryd/" + Version.NUMBER;

  private static final int ID_CHARACTERS = 8;
  private static final int ID_RADIX = 36;
  private static final Duration LAST_STEPS = Duration.ofSeconds(5);

  private final Address address;
  private final Service service;

  /** Null: it has no state folder. */
  private StateAccounts accounts;

  private Sessions sessions;

  /** Null: it cannot be administered. */
  private ControlSocket control;

  private final Reserve reserve;
  private final Listener listener;
  private final Thread listening;
  private final Thread clock;
  private final Duration drain;
  private final Runnable onFailure;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private FerryServer(ServerBuilder asked, Address address, Service service, Reserve reserve) {
    this.address = address;
    this.service = service;
    this.reserve = reserve;
    this.drain = asked.drain;
    this.onFailure = asked.onFailure;
    listener = new Listener(address::accept, reserve, this::accepted, service.log());
    listening = Thread.ofPlatform().name("ferry-listener").unstarted(vital(listener));
    clock = Thread.ofPlatform().daemon().name("ferry-clock").unstarted(vital(this::keepTime));
  }

  /** A server of this folder, to be told more about and started. */
  public static ServerBuilder serving(Path root) {
    return new ServerBuilder(root);
  }

  static FerryServer start(ServerBuilder asked) throws StartException {
    refuseNobody(asked);
    ServedRoot root =
        ServedRoot.open(asked.root, asked.state, asked.otherState, asked.weakConfinement);
    Tree tree = new DiskReserve(asked.layer.apply(root.tree()), asked.limits.reserve());
    StateAccounts own = null;
    Address address = null;
    Encryption encryption = null;
    try {
      own = StateAccounts.in(asked.state, asked.registration);
      encryption = Encryption.of(asked);
      address = Address.bind(asked.listen);
      Reserve reserve = new Reserve(encryption.fingerprint() == null);
      EventLog log = new EventLog(asked.log, InstantSource.system());
      Start started = new Start(asked, address.endpoint(), root.path(), encryption.name());
      AuditLog audit = own == null ? AuditLog.none() : own.audit(started.event(), log);
      Accounts accounts = accounts(asked, own);
      Service service = service(asked, accounts, tree, encryption, new Logs(log, audit));
      FerryServer server = new FerryServer(asked, address, service, reserve);
      server.accounts = own;
      server.sessions = new LoggedIn(service.connections(), accounts);
      server.begin(asked, started);
      return server;
    } catch (IOException e) {
      Closing.quietly(address);
      Closing.quietly(encryption);
      Closing.quietly(own);
      Closing.quietly(tree);
      throw e instanceof StartException start
          ? start
          : new StartException(Problem.ADDRESS, "cannot start: " + e.getMessage(), e);
    }
  }

  /** Doing without accounts has to be asked for. */
  private static void refuseNobody(ServerBuilder asked) throws StartException {
    if (asked.anonymous == null && asked.accounts == null && asked.state == null) {
      throw new StartException(
          Problem.USAGE,
          "nobody could log in: it has no accounts, so say --anonymous read or --anonymous write");
    }
  }

  private static Accounts accounts(ServerBuilder asked, StateAccounts own) {
    if (asked.accounts != null) {
      return asked.accounts;
    }
    return own == null ? Accounts.NONE : own.file();
  }

  private record Logs(EventLog events, AuditLog audit) {}

  private static Service service(
      ServerBuilder asked, Accounts accounts, Tree tree, Encryption encryption, Logs logs) {
    Homes homes = new Homes(tree);
    ServerLimits limits = asked.limits;
    int places =
        asked.threads instanceof SessionThreads.Pool pool ? pool.size() : limits.connections();
    return new Service(
        homes,
        new Logins(accounts, asked.anonymous, homes, InstantSource.system()),
        new Committer(tree, asked.durability),
        new Workers(limits.connections()),
        new Sources(limits, logs.events()),
        new Connections(limits, new Slots(places)),
        new Tickets(),
        asked.threads,
        encryption,
        asked.durability,
        asked.times,
        logs.events(),
        logs.audit());
  }

  private void begin(ServerBuilder asked, Start started) throws IOException {
    started.log(service.log(), service.homes().whole().tree().confinement());
    warnOfNobody(asked);
    if (accounts != null) {
      control = ControlSocket.open(asked.state, sessions, service.log(), ControlSocket.PATIENCE);
    }
    listening.start();
    clock.start();
  }

  private void warnOfNobody(ServerBuilder asked) throws IOException {
    boolean anybody =
        asked.anonymous != null || asked.accounts != null || accounts.file().admitsAnybody();
    if (!anybody) {
      service
          .log()
          .warn("nobody")
          .with("msg", "nobody can log in yet: ferryd user add NAME --role writer")
          .write();
    }
  }

  /** What clients know the server by; null if its connections are not encrypted. */
  public KeyFingerprint fingerprint() {
    return service.encryption().fingerprint();
  }

  /** Where clients connect, with the port that was taken. */
  public Endpoint endpoint() {
    return address.endpoint();
  }

  /**
   * The TCP port.
   *
   * @throws IllegalStateException if the server listens on a Unix socket
   */
  public int port() {
    if (endpoint() instanceof Endpoint.Tcp tcp) {
      return tcp.port();
    }
    throw new IllegalStateException(endpoint() + " has no port");
  }

  /** Who is logged in. */
  public Sessions sessions() {
    return sessions;
  }

  // ---- the threads

  private void accepted(SocketChannel channel) {
    Source source = Source.of(channel);
    Frame.Busy busy = service.sources().enter(source);
    if (busy != null) {
      Closing.withWords(channel, service.encryption().fingerprint() == null ? busy : null);
      return;
    }
    Connection connection = null;
    boolean started = false;
    try {
      connection = new Connection(service, channel, source, newId());
      service.connections().enter(connection);
      Thread.ofVirtual().name("ferry-" + connection.id()).start(connection);
      started = true;
    } catch (IOException e) {
      service.log().error("tls-failed").with("msg", e.getMessage()).write();
      Closing.quietly(channel);
    } finally {
      if (!started) {
        service.sources().leave(source);
        if (connection != null) {
          service.connections().leave(connection);
        }
      }
    }
  }

  private static String newId() {
    StringBuilder id = new StringBuilder(ID_CHARACTERS);
    for (int i = 0; i < ID_CHARACTERS; i++) {
      id.append(Character.forDigit(ThreadLocalRandom.current().nextInt(ID_RADIX), ID_RADIX));
    }
    return id.toString();
  }

  private void keepTime() {
    long tick = service.times().tick().toMillis();
    try {
      while (!closed.await(tick, TimeUnit.MILLISECONDS)) {
        try {
          service.connections().expire();
          service.encryption().refresh(service.log());
          if (accounts != null && accounts.file().wasChanged()) {
            sessions.review();
          }
        } catch (IOException e) {
          service.log().error("accounts").with("msg", e.getMessage()).write();
        } catch (RuntimeException | Error e) {
          service.log().defect(e).write();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the clock", e);
    }
  }

  /** A task without which there is no server: that it ends before the server does is told. */
  private Runnable vital(Runnable task) {
    return () -> {
      Throwable cause = null;
      try {
        task.run();
      } catch (Throwable e) {
        cause = e;
      }
      if (!closing.get()) {
        broken(cause);
      }
    };
  }

  private void broken(Throwable cause) {
    try {
      String thread = Thread.currentThread().getName();
      String why = cause == null ? "it returned" : cause.toString();
      service.log().error("broken").with("thread", thread).with("msg", why).write();
      service.connections().drain();
    } finally {
      onFailure.run();
    }
  }

  // ---- the end

  /**
   * Serves nobody new from now on (they hear BUSY), ends idle connections, and waits for those
   * where something is under way.
   *
   * @return whether all were done in time; if not they go on
   */
  public boolean drain(Duration limit) {
    if (!service.connections().isDraining()) {
      service.log().info("drain").with("connections", service.connections().served()).write();
    }
    service.connections().drain();
    return service.connections().awaitServed(limit);
  }

  /** Closes all connections at once, whatever they do. Does not wait. */
  public void cut() {
    service.connections().drain();
    service.connections().cut();
  }

  /**
   * Drains for the time that was set at the start, cuts what is left then, and gives everything
   * back. A second call waits for the first.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      Uninterrupted.run(closed::await);
      return;
    }
    drain(drain);
    cut();
    service.audit().hurry();
    listener.stop();
    Closing.quietly(address);
    listener.awaitEnd(LAST_STEPS);
    Closing.quietly(reserve);
    service.connections().awaitAll(LAST_STEPS);
    Closing.quietly(control);
    service.committer().close();
    service.logins().close();
    service.workers().close();
    Closing.quietly(service.encryption());
    Closing.quietly(service.homes());
    service.audit().add(AuditEvent.of("stop"));
    Closing.quietly(accounts);
    service.log().info("stop").write();
    closed.countDown();
  }
}

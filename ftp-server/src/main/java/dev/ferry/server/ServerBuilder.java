package dev.ferry.server;

import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.Registration;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.tls.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a server is to be like, with what it is unless told otherwise. Used by one thread. */
public final class ServerBuilder {
  final Path root;
  Endpoint listen = new Endpoint.Tcp("127.0.0.1", 0);
  Path state;
  Path otherState;
  Identity identity;
  CertificateFiles certificate;
  Role anonymous;
  Accounts accounts;
  Registration registration = Registration.OFF;
  boolean plaintext;
  boolean weakConfinement;
  SessionThreads threads = SessionThreads.VIRTUAL;
  ServerLimits limits = ServerLimits.STANDARD;
  Durability durability = Durability.BATCH;
  Duration drain = Duration.ofSeconds(30);
  ServerTimes times = ServerTimes.STANDARD;
  Consumer<String> log = _ -> {};
  Runnable onFailure = () -> {};
  UnaryOperator<Tree> layer = UnaryOperator.identity();

  ServerBuilder(Path root) {
    this.root = root;
  }

  /** Where to listen; port 0 takes a free one. Default: a free port of 127.0.0.1. */
  public ServerBuilder listen(Endpoint endpoint) {
    this.listen = endpoint;
    return this;
  }

  /** The folder of the server's own files; it must not lie in the root. Default: none. */
  public ServerBuilder state(Path folder) {
    this.state = folder;
    return this;
  }

  /** Where another server may have its own files, which this one must not serve. Default: none. */
  public ServerBuilder otherState(Path folder) {
    this.otherState = folder;
    return this;
  }

  /**
   * What the server proves to be. Default: what is in the state folder, made there if it is
   * missing; without a state folder a new one.
   */
  public ServerBuilder identity(Identity own) {
    this.identity = own;
    return this;
  }

  /** Files to take the identity from instead, again whenever they change. Default: none. */
  public ServerBuilder certificate(CertificateFiles files) {
    this.certificate = files;
    return this;
  }

  /** What clients may do that do not say who they are. Default: nothing. */
  public ServerBuilder anonymous(Role role) {
    this.anonymous = role;
    return this;
  }

  /** Who may log in with a password, key or token. Default: nobody. */
  public ServerBuilder accounts(Accounts known) {
    this.accounts = known;
    return this;
  }

  /** Who may make an account for themselves, where there is a state folder. Default: nobody. */
  public ServerBuilder registration(Registration policy) {
    this.registration = policy;
    return this;
  }

  /** Whether TCP connections go unencrypted, which clients have to ask for as well. Default: no. */
  public ServerBuilder plaintext(boolean without) {
    this.plaintext = without;
    return this;
  }

  /** Whether to serve where the system cannot confine the tree by handles. Default: no. */
  public ServerBuilder weakConfinement(boolean allowed) {
    this.weakConfinement = allowed;
    return this;
  }

  /** What threads serve connections. Default: virtual ones. */
  public ServerBuilder threads(SessionThreads choice) {
    this.threads = choice;
    return this;
  }

  /** How many connections are served at once; 1 or more, 256 by default. Others hear BUSY. */
  public ServerBuilder maxConnections(int connections) {
    return limits(limits.withConnections(connections));
  }

  /** How much others may take of this server. Default: {@link ServerLimits#STANDARD}. */
  public ServerBuilder limits(ServerLimits kept) {
    this.limits = kept;
    return this;
  }

  /** The least that "done" promises about the disk. Default: BATCH. */
  public ServerBuilder durability(Durability floor) {
    this.durability = floor;
    return this;
  }

  /** How long {@link FerryServer#close()} lets running work go on. Default: 30 s. */
  public ServerBuilder drain(Duration limit) {
    this.drain = limit;
    return this;
  }

  /** The times to keep; tests shorten them. Default: those of the specification. */
  public ServerBuilder times(ServerTimes kept) {
    this.times = kept;
    return this;
  }

  /**
   * Who gets the log, one line (without its end) for each event. Called by many threads at once; it
   * should not block. Default: nobody.
   */
  public ServerBuilder log(Consumer<String> lines) {
    this.log = lines;
    return this;
  }

  /**
   * What to do when a defect leaves a server that cannot go on: it has said so in its log, serves
   * nobody new, and should be closed, but not by the thread that calls this. Default: nothing.
   */
  public ServerBuilder onFailure(Runnable action) {
    this.onFailure = action;
    return this;
  }

  /**
   * Puts something between the server and its tree: faults and delays, for tests. Default: nothing.
   */
  public ServerBuilder layer(UnaryOperator<Tree> over) {
    this.layer = over;
    return this;
  }

  /**
   * Starts the server, which listens when this returns.
   *
   * @return the server, which the caller closes
   * @throws StartException if it cannot
   */
  public FerryServer start() throws StartException {
    return FerryServer.start(this);
  }
}

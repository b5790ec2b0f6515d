package dev.ferry.server;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Login;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account;
import dev.ferry.server.account.Accounts;
import dev.ferry.server.account.IssuedToken;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Grant;
import dev.ferry.transfer.login.KeyProof;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import dev.ferry.transfer.login.TokenProof;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Decides who a client is (spec 5.2, 5.5 to 5.9). Whoever is refused hears as little as helps:
 * nothing tells a name that does not exist from one that does.
 *
 * <p>What takes the disk or the processor runs on a few threads of its own, so that strangers who
 * log in by the thousand slow each other down and nobody else.
 */
final class Logins implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int KEPT_SECONDS = 30;

  private static final String NOT_PRIVATE =
      "passwords, keys and tokens are taken over encrypted connections, loopback and Unix sockets"
          + " only";

  private final Accounts accounts;
  private final Role anonymous;
  private final Homes homes;
  private final InstantSource clock;
  private final ThreadPoolExecutor threads;
  private final Guesses guesses = new Guesses();

  /** A password that nobody has. */
  private final Scram.Verifier nobodys;

  /**
   * What decides.
   *
   * @param anonymous what anybody may do; null: nothing
   */
  Logins(Accounts accounts, Role anonymous, Homes homes, InstantSource clock) {
    this.accounts = accounts;
    this.anonymous = anonymous;
    this.homes = homes;
    this.clock = clock;
    Bytes none = Bytes.of(new byte[Scram.NONCE_BYTES]);
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("ferry-login-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
    nobodys = new Scram.Verifier(Scram.nonce(), Scram.ITERATIONS, Scram.nonce(), none);
  }

  /** What happens before it is decided. */
  interface Steps {
    /** The client is asked back, which it may take its time for. */
    void asking();

    /** There is an account now that was not there before, whatever comes of the login. */
    void registered(String user);
  }

  /**
   * Answers a LOGIN that comes with no ticket. Blocks, for a password on the peer as well.
   *
   * @param binding what its proof has to be made for
   * @param source where it comes from
   * @param steps hears of what happens on the way
   * @return whose home has to be left
   * @throws RefusedException if it is refused
   */
  Principal login(Login login, Link link, Binding binding, Source source, Steps steps)
      throws IOException {
    if (login.method() != Login.ANONYMOUS && binding.equals(Binding.NONE) && !link.isLocal()) {
      throw refused(NOT_PRIVATE);
    }
    return switch (login.method()) {
      case Login.ANONYMOUS -> anonymous();
      case Login.PASSWORD -> byPassword(login, link, binding, source, steps);
      case Login.KEY -> Handover.call(threads, () -> byKey(login, binding, source));
      case Login.TOKEN -> Handover.call(threads, () -> byToken(login, binding));
      case Login.REGISTER -> Handover.call(threads, () -> registered(login, steps));
      default -> throw refused("login method %d is unknown here".formatted(login.method()));
    };
  }

  /** How logs call the way somebody tries to log in. */
  static String method(Login login) {
    return switch (login.method()) {
      case Login.ANONYMOUS -> "anonymous";
      case Login.PASSWORD -> "password";
      case Login.KEY -> "key";
      case Login.TOKEN -> "token";
      case Login.TICKET -> "ticket";
      case Login.REGISTER -> "register";
      default -> Integer.toString(login.method());
    };
  }

  /** Whether it is worth something to try out many of its kind. */
  static boolean isGuess(Login login) {
    return switch (login.method()) {
      case Login.PASSWORD, Login.TOKEN, Login.REGISTER -> true;
      default -> false;
    };
  }

  private Principal anonymous() throws RefusedException {
    if (anonymous == null) {
      throw refused(
          "this server lets nobody in without a name: use user@ in the URL, or FERRY_TOKEN");
    }
    Home whole = homes.whole();
    return new Principal(
        Principal.ANONYMOUS, anonymous, whole, TreePath.ROOT, whole, null, _ -> true, Bytes.NONE);
  }

  /** The same frames and the same work, whether there is such an account or not. */
  private Principal byPassword(Login login, Link link, Binding binding, Source source, Steps steps)
      throws IOException {
    Account account = Handover.call(threads, () -> accounts.find(login.user()));
    boolean known = account != null && account.password() != null && !account.access().locked();
    Scram.Verifier verifier = known ? account.password() : nobodys;
    Bytes invented = Scram.inventedSalt(accounts.inventionSecret(), login.user());
    Bytes salt = known ? verifier.salt() : invented;
    Frame.Challenge challenge = new Frame.Challenge(Scram.nonce(), salt, verifier.iterations());
    steps.asking();
    Bytes proof = Greeting.ask(link, challenge);
    Bytes statement = Scram.statement(binding, login.user(), login.proof(), challenge);
    if (!guesses.take(login.user(), source)) {
      throw refused(
          "too many wrong passwords for this user; wait %d s, or log in with a key"
              .formatted(guesses.wait(login.user(), source).toSeconds() + 1));
    }
    if (!verifier.accepts(proof, statement) || !known) {
      throw refused("the user name or the password is wrong");
    }
    guesses.giveBack(login.user(), source);
    guesses.remember(login.user(), source);
    return Handover.call(
        threads, () -> principal(account, samePassword(account), verifier.signature(statement)));
  }

  private Principal byKey(Login login, Binding binding, Source source) throws IOException {
    KeyProof proof = KeyProof.parse(login.proof());
    Account account = accounts.find(login.user());
    boolean good = proof.isFor(binding, login.user());
    if (!good
        || account == null
        || account.access().locked()
        || !account.keys().contains(proof.key())) {
      throw refused("the key %s does not open this account".formatted(proof.key().fingerprint()));
    }
    guesses.remember(account.name(), source);
    Standing standing =
        now -> {
          Account then = now.find(account.name());
          return isSame(account, then) && then.keys().contains(proof.key());
        };
    return principal(account, standing, Bytes.NONE);
  }

  private static Standing samePassword(Account account) {
    return now -> {
      Account then = now.find(account.name());
      return isSame(account, then) && account.password().equals(then.password());
    };
  }

  private static boolean isSame(Account account, Account then) {
    return then != null && then.access().equals(account.access());
  }

  private Principal byToken(Login login, Binding binding) throws IOException {
    TokenProof proof = TokenProof.parse(login.proof());
    IssuedToken issued = accounts.token(proof.id());
    Token token = issued == null ? null : proof.verified(issued.secret(), binding);
    if (token == null) {
      throw refused("the token is not good here: it was taken back, or is another server's");
    }
    Grant grant = grant(token, issued.secret());
    if (grant.until() != null && !clock.instant().isBefore(grant.until())) {
      Instant end = grant.until().truncatedTo(ChronoUnit.SECONDS);
      throw refused("the token was good until %s; ask for a new one".formatted(end));
    }
    Home entered = enter(grant.path(), false);
    Home home =
        grant.budgets().isEmpty()
            ? entered
            : new Home(new Metered(entered.tree(), accounts, grant.budgets()));
    return new Principal(
        Principal.TOKEN + token.id(),
        grant.role(),
        home,
        grant.path(),
        entered,
        grant.until(),
        now -> now.token(token.id()) != null,
        proof.signature(token, binding));
  }

  private static Grant grant(Token token, Bytes secret) throws RefusedException {
    try {
      return Grant.of(token, secret);
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
  }

  private Principal registered(Login login, Steps steps) throws IOException {
    RegistrationRequest request = RegistrationRequest.parse(login.proof());
    Account account = accounts.register(login.user(), request);
    steps.registered(account.name());
    return principal(account, samePassword(account), Bytes.NONE);
  }

  private Principal principal(Account account, Standing standing, Bytes proof) throws IOException {
    Home home = enter(account.access().home(), true);
    return new Principal(
        account.name(),
        account.access().role(),
        home,
        account.access().home(),
        home,
        null,
        standing,
        proof);
  }

  private Home enter(TreePath path, boolean made) throws IOException {
    try {
      if (made) {
        TreeRequests.makeMissing(homes.whole().tree(), path);
      }
      return homes.enter(path);
    } catch (NoSuchFileException _) {
      throw refused("the folder that this login leads to is not there");
    } catch (RefusedException | FileSystemException e) {
      throw refused(
          "the folder that this login leads to cannot be used: " + Errors.reason(e).text());
    }
  }

  /** Nobody logs in any more. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private static RefusedException refused(String why) {
    return new RefusedException(ErrorCode.LOGIN_REFUSED, why);
  }
}

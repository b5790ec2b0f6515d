package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.Grant.Budget;
import dev.ferry.transfer.login.RegistrationRequest;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The accounts in the state folder: the file {@code accounts}, which servers look at and {@code
 * ferryd user} changes at the same time. A change replaces the file as a whole; each lookup notices
 * that it was replaced. Safe for use by many threads and processes.
 */
public final class AccountFile implements Accounts, AutoCloseable {
  /** 128 bits in hexadecimal. */
  private static final int CODE_CHARACTERS = 32;

  private final StateFolder state;
  private final StateFile file;
  private final Registration registration;
  private final InstantSource clock;
  private final Witness witness;
  private final Spent spent;
  private final Bytes invention;
  private final AtomicReference<Stamp> reviewed = new AtomicReference<>();
  private volatile Seen seen;

  /** What the file said when it was last read. */
  private record Seen(Stamp stamp, Book book) {}

  /** Differs for each content of the file, since each is a new file. */
  private record Stamp(Object file, FileTime changed, long size) {
    static Stamp of(Path path) throws StateException {
      try {
        BasicFileAttributes attributes =
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
      } catch (IOException e) {
        throw new StateException(path, e);
      }
    }
  }

  /** A change of the file, which what it throws gives up. */
  private interface Change<T> {
    T apply(Book book) throws IOException;
  }

  /** Hears of every change that is about to be made, and gives it up by what it throws. */
  public interface Witness {
    /** It was found good, and is written next. */
    void hear() throws IOException;
  }

  /** A change of an account, which what it throws gives up. */
  public interface AccountChange {
    /** What it becomes; with the same name. */
    Account apply(Account account) throws IOException;
  }

  AccountFile(StateFolder state, Registration registration, InstantSource clock)
      throws StateException {
    this(state, registration, clock, () -> {});
  }

  private AccountFile(
      StateFolder state, Registration registration, InstantSource clock, Witness witness)
      throws StateException {
    this.state = state;
    this.witness = witness;
    this.file = state.accounts();
    this.registration = registration;
    this.clock = clock;
    this.spent = new Spent(state.spent(), () -> book().tokens.keySet());
    this.invention = book().invention;
  }

  /**
   * For administration: nobody registers here.
   *
   * @throws StateException if the file cannot be understood
   */
  public static AccountFile open(StateFolder state) throws StateException {
    return new AccountFile(state, Registration.OFF, InstantSource.system());
  }

  /**
   * For administration that is witnessed.
   *
   * @throws StateException if the file cannot be understood
   */
  public static AccountFile open(StateFolder state, Witness witness) throws StateException {
    return new AccountFile(state, Registration.OFF, InstantSource.system(), witness);
  }

  /**
   * For the server of the folder, which closes it.
   *
   * @throws StateException if the file, or what tokens have moved, cannot be understood
   */
  public static AccountFile serving(StateFolder state, Registration registration)
      throws IOException {
    AccountFile accounts = new AccountFile(state, registration, InstantSource.system());
    accounts.spent.load();
    return accounts;
  }

  private Book book() throws StateException {
    Stamp stamp = Stamp.of(file.path());
    Seen known = seen;
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Seen(stamp, Book.of(file));
      seen = known;
    }
    return known.book();
  }

  private <T> T change(Change<T> change) throws IOException {
    try (FileGuard _ = state.change()) {
      Book book = Book.of(file);
      T result = change.apply(book);
      book.forgetEnded(clock.instant());
      witness.hear();
      file.write(book.lines());
      seen = null;
      return result;
    }
  }

  // ---- what a server asks

  @Override
  public Account find(String name) throws IOException {
    return book().users.get(name);
  }

  @Override
  public IssuedToken token(Bytes id) throws IOException {
    return book().tokens.get(id);
  }

  @Override
  public Bytes inventionSecret() {
    return invention;
  }

  @Override
  public long spend(String budget, long bytes) throws IOException {
    return spent.add(tokenOf(budget), budget, bytes);
  }

  private static Bytes tokenOf(String budget) {
    return Fields.bytes(Token.ID_BYTES)
        .apply(budget.substring(0, Math.max(0, budget.indexOf('.'))));
  }

  @Override
  public Account register(String name, RegistrationRequest request) throws IOException {
    Registrar registrar = new Registrar(registration, clock.instant());
    registrar.refuseWithoutLooking(name, request);
    return change(book -> registrar.register(book, name, request));
  }

  /** Whether there is anybody who could log in now, or make an account. */
  public boolean admitsAnybody() throws IOException {
    Book book = book();
    Instant now = clock.instant();
    return registration != Registration.OFF
        || book.users.values().stream().anyMatch(AccountFile::canLogIn)
        || book.tokens.values().stream().anyMatch(token -> token.isGood(now));
  }

  private static boolean canLogIn(Account account) {
    return !account.access().locked() && (account.password() != null || !account.keys().isEmpty());
  }

  /**
   * Whether it was replaced since the last call; for who has to look again then.
   *
   * @throws StateException if that cannot be seen
   */
  public boolean wasChanged() throws StateException {
    Stamp stamp = Stamp.of(file.path());
    Stamp before = reviewed.getAndSet(stamp);
    return before != null && !before.equals(stamp);
  }

  /** Writes down what tokens have moved. */
  @Override
  public void close() {
    spent.close();
  }

  // ---- what administrators do

  /** All accounts, by name. */
  public List<Account> users() throws IOException {
    return List.copyOf(book().users.values());
  }

  /**
   * An account that there has to be.
   *
   * @throws RefusedException NOT_FOUND if there is none of this name
   */
  public Account user(String name) throws IOException {
    return known(book(), name);
  }

  /**
   * Adds an account.
   *
   * @throws RefusedException EXISTS if its name is taken
   */
  public Account add(Account account) throws IOException {
    return change(
        book -> {
          if (book.users.putIfAbsent(account.name(), account) != null) {
            throw new RefusedException(
                ErrorCode.EXISTS, "there is a user %s already".formatted(account.name()));
          }
          return account;
        });
  }

  /**
   * Replaces an account by what is made of it.
   *
   * @throws RefusedException NOT_FOUND if there is none of this name, or what the change throws
   */
  public Account change(String name, AccountChange how) throws IOException {
    return change(
        book -> {
          Account changed = how.apply(known(book, name));
          book.users.put(name, changed);
          return changed;
        });
  }

  /**
   * Removes an account.
   *
   * @throws RefusedException NOT_FOUND if there is none of this name
   */
  public Account remove(String name) throws IOException {
    return change(
        book -> {
          known(book, name);
          book.registered.remove(name);
          return book.users.remove(name);
        });
  }

  private static Account known(Book book, String name) throws RefusedException {
    Account account = book.users.get(name);
    if (account == null) {
      throw new RefusedException(
          ErrorCode.NOT_FOUND, "there is no user %s".formatted(Printable.text(name)));
    }
    return account;
  }

  /** All tokens, in the order they were issued. */
  public List<IssuedToken> tokens() throws IOException {
    return List.copyOf(book().tokens.values());
  }

  /** What was moved with this budget, up to a second ago. */
  public long spent(Budget budget) throws IOException {
    return spent.of(tokenOf(budget.name()), budget.name());
  }

  /** Makes a token good. */
  public IssuedToken issue(IssuedToken token) throws IOException {
    return change(book -> book.tokens.put(token.id(), token));
  }

  /**
   * Makes a token, and all that were made of it, good no more.
   *
   * @throws RefusedException NOT_FOUND if there is none with this id
   */
  public IssuedToken takeBack(Bytes id) throws IOException {
    return change(
        book -> {
          IssuedToken token = book.tokens.remove(id);
          if (token == null) {
            throw new RefusedException(ErrorCode.NOT_FOUND, "there is no token %s".formatted(id));
          }
          return token;
        });
  }

  /**
   * Lets somebody make an account, once.
   *
   * @param until not from then on
   * @return the code to give them, which is kept nowhere
   */
  public String invite(Role role, TreePath home, Instant until) throws IOException {
    String code = Scram.nonce().toString().substring(0, CODE_CHARACTERS);
    Bytes hash = Invitation.hash(Bytes.of(code.getBytes(StandardCharsets.US_ASCII)));
    change(book -> book.invitations.put(hash, new Invitation(hash, role, home, until)));
    return code;
  }
}

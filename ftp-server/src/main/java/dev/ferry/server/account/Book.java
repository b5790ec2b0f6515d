package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account.Access;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.PublicKey;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the accounts file says. Whoever reads it to change it has one of their own; all others only
 * look.
 */
final class Book {
  static final int VERSION = 1;

  private static final int HASH_BYTES = 32;

  private static final Function<String, Long> ITERATIONS =
      Fields.number(Scram.FEWEST_ITERATIONS, Scram.MOST_ITERATIONS);

  /** How long what has ended is still listed. */
  private static final Duration KEPT = Duration.ofDays(1);

  /** Salts for unknown users are made of it. */
  final Bytes invention;

  final Map<String, Account> users = new TreeMap<>();

  /** When users made their account themselves, without an invitation. */
  final Map<String, Instant> registered = new TreeMap<>();

  final Map<Bytes, IssuedToken> tokens = new LinkedHashMap<>();
  final Map<Bytes, Invitation> invitations = new LinkedHashMap<>();

  /** One without anybody in it. */
  Book() {
    this(Scram.nonce());
  }

  private Book(Bytes invention) {
    this.invention = invention;
  }

  /**
   * Understands all lines of the file, or refuses it.
   *
   * @throws StateException naming the line and what is wrong with it
   */
  static Book of(StateFile file) throws StateException {
    List<StateLine> lines = file.read();
    if (lines.isEmpty() || !lines.getFirst().kind().equals("secret")) {
      throw new StateException(file.path() + ":2: it has no secret");
    }
    StateLine secret = lines.getFirst();
    Book book = new Book(secret.one("invention", Fields.bytes(HASH_BYTES)));
    secret.end();
    for (StateLine line : lines.subList(1, lines.size())) {
      book.add(line);
      line.end();
    }
    return book;
  }

  private void add(StateLine line) throws StateException {
    switch (line.kind()) {
      case "user" -> {
        Account account = account(line);
        Instant when = line.maybe("registered", Fields::time);
        refuseTwice(line, users.put(account.name(), account));
        if (when != null) {
          registered.put(account.name(), when);
        }
      }
      case "token" -> {
        IssuedToken token = token(line);
        refuseTwice(line, tokens.put(token.id(), token));
      }
      case "invitation" -> {
        Invitation invitation = invitation(line);
        refuseTwice(line, invitations.put(invitation.hash(), invitation));
      }
      default -> throw line.wrong("there is no such record");
    }
  }

  private static void refuseTwice(StateLine line, Object before) throws StateException {
    if (before != null) {
      throw line.wrong("the same %s comes twice".formatted(line.kind()));
    }
  }

  /** Its lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(new StateLine.Draft("secret").with("invention", invention).toString());
    users.values().forEach(account -> lines.add(line(account)));
    tokens.values().forEach(token -> lines.add(line(token)));
    invitations.values().forEach(invitation -> lines.add(line(invitation)));
    return lines;
  }

  /** Forgets what ended some time ago, so that pipelines do not fill the file. */
  void forgetEnded(Instant now) {
    Instant then = now.minus(KEPT);
    tokens.values().removeIf(token -> token.end() != null && token.end().isBefore(then));
    invitations.values().removeIf(invitation -> invitation.until().isBefore(then));
  }

  // ---- users

  private static Account account(StateLine line) throws StateException {
    String name = line.one("name", Book::name);
    Access access =
        new Access(
            line.one("role", Fields::role),
            line.one("home", Fields::path),
            line.one("locked", Fields::yesOrNo));
    return new Account(name, access, password(line), line.all("key", Book::key));
  }

  private static String name(String text) {
    if (!Account.isName(text)) {
      throw new IllegalArgumentException("'%s' is no user name".formatted(text));
    }
    return text;
  }

  private static Scram.Verifier password(StateLine line) throws StateException {
    if (!line.has("salt")) {
      return null;
    }
    return new Scram.Verifier(
        line.one("salt", Fields.bytes(Scram.SALT_BYTES)),
        line.one("iterations", ITERATIONS).intValue(),
        line.one("stored", Fields.bytes(HASH_BYTES)),
        line.one("server", Fields.bytes(HASH_BYTES)));
  }

  private static PublicKey key(String base64) {
    return PublicKey.parse(PublicKey.KIND + " " + base64);
  }

  private String line(Account account) {
    StateLine.Draft line =
        new StateLine.Draft("user")
            .with("name", account.name())
            .with("role", Fields.word(account.access().role()))
            .with("home", account.access().home())
            .with("locked", Fields.yesOrNo(account.access().locked()));
    Scram.Verifier password = account.password();
    if (password != null) {
      line.with("salt", password.salt())
          .with("iterations", password.iterations())
          .with("stored", password.storedKey())
          .with("server", password.serverKey());
    }
    for (PublicKey key : account.keys()) {
      line.with("key", Base64.getEncoder().encodeToString(key.blob().toArray()));
    }
    Instant when = registered.get(account.name());
    return (when == null ? line : line.with("registered", when)).toString();
  }

  // ---- tokens and invitations

  private static IssuedToken token(StateLine line) throws StateException {
    List<Caveat> caveats = new ArrayList<>();
    line.all("role", Fields::role).forEach(role -> caveats.add(new Caveat.AtMost(role)));
    line.all("path", Fields::path).forEach(path -> caveats.add(new Caveat.Below(path)));
    line.all("until", Fields::time).forEach(time -> caveats.add(new Caveat.Until(time)));
    line.all("bytes", Fields.number(0, Long.MAX_VALUE))
        .forEach(most -> caveats.add(new Caveat.Moving(most)));
    return new IssuedToken(
        line.one("id", Fields.bytes(Token.ID_BYTES)),
        line.one("secret", Fields.bytes(HASH_BYTES)),
        caveats);
  }

  private static String line(IssuedToken token) {
    StateLine.Draft line =
        new StateLine.Draft("token").with("id", token.id()).with("secret", token.secret());
    for (Caveat caveat : token.caveats()) {
      switch (caveat) {
        case Caveat.AtMost c -> line.with("role", Fields.word(c.role()));
        case Caveat.Below c -> line.with("path", c.path());
        case Caveat.Until c -> line.with("until", c.time());
        case Caveat.Moving c -> line.with("bytes", c.most());
      }
    }
    return line.toString();
  }

  private static Invitation invitation(StateLine line) throws StateException {
    Role role = line.one("role", Fields::role);
    TreePath home = line.one("home", Fields::path);
    return new Invitation(
        line.one("hash", Fields.bytes(HASH_BYTES)), role, home, line.one("until", Fields::time));
  }

  private static String line(Invitation invitation) {
    return new StateLine.Draft("invitation")
        .with("hash", invitation.hash())
        .with("role", Fields.word(invitation.role()))
        .with("home", invitation.home())
        .with("until", invitation.until())
        .toString();
  }
}

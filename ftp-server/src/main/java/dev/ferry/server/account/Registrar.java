package dev.ferry.server.account;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.Account.Access;
import dev.ferry.transfer.login.RegistrationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Decides who may make an account for themselves, and which one. Whoever is refused learns nothing
 * of others but that a name is taken, and without an invitation where one is needed not even that.
 *
 * @param now when it is asked for
 */
record Registrar(Registration policy, Instant now) {
  /** How many accounts there may be that were made without an invitation. */
  static final int MOST = 1000;

  /** How many of them may be made within an hour. */
  static final int MOST_IN_AN_HOUR = 60;

  private static final Duration HOUR = Duration.ofHours(1);

  /** Refuses what needs no look at the accounts, and so no lock and no disk. */
  void refuseWithoutLooking(String name, RegistrationRequest request) throws RefusedException {
    if (policy == Registration.OFF) {
      throw refused("this server registers nobody; ask its operator for an account");
    }
    if (!Account.isName(name)) {
      throw refused(Account.NAME_RULE);
    }
    if (policy == Registration.INVITE && request.invitation().length() == 0) {
      throw refused("this server registers who has an invitation; ask its operator for one");
    }
  }

  /** Adds the account. */
  Account register(Book book, String name, RegistrationRequest request) throws RefusedException {
    boolean invited = request.invitation().length() > 0;
    Access access = invited ? access(book, request) : new Access(Role.READER, TreePath.ROOT, false);
    if (book.users.containsKey(name)) {
      throw refused("the name is taken; choose another");
    }
    if (invited) {
      book.invitations.remove(Invitation.hash(request.invitation()));
    } else {
      refuseTooMany(book);
      book.registered.put(name, now);
    }
    Account account = new Account(name, access, request.verifier(), List.of());
    book.users.put(name, account);
    return account;
  }

  private Access access(Book book, RegistrationRequest request) throws RefusedException {
    Invitation invitation = book.invitations.get(Invitation.hash(request.invitation()));
    if (invitation == null || !now.isBefore(invitation.until())) {
      throw refused("the invitation is not good, or not any more; ask for a new one");
    }
    return new Access(invitation.role(), invitation.home(), false);
  }

  private void refuseTooMany(Book book) throws RefusedException {
    if (book.registered.size() >= MOST) {
      throw refused("nobody can register here any more; ask the server's operator");
    }
    Instant then = now.minus(HOUR);
    if (book.registered.values().stream().filter(then::isBefore).count() >= MOST_IN_AN_HOUR) {
      throw refused("too many have registered within the last hour; try again later");
    }
  }

  private static RefusedException refused(String why) {
    return new RefusedException(ErrorCode.LOGIN_REFUSED, why);
  }
}

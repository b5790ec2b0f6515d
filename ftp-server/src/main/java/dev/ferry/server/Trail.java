package dev.ferry.server;

import dev.ferry.protocol.Frame.Login;
import dev.ferry.protocol.Reason;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.server.audit.AuditLog;

/** What the audit log says about one connection: who came, from where, and how it ended. */
final class Trail {
  private final AuditLog log;
  private final String id;
  private final String peer;
  private Login attempt;
  private Principal who;
  private volatile String ending;

  Trail(AuditLog log, String id, String peer) {
    this.log = log;
    this.id = id;
    this.peer = peer;
  }

  /** Adds to an event whose it is. */
  AuditEvent about(AuditEvent event) {
    return event.with("conn", id).with("from", peer).with("user", who == null ? null : who.name());
  }

  /** Somebody wants to log in. */
  void tried(Login login) {
    attempt = login;
  }

  /** Who somebody says to be that is not logged in; null if they say nothing. */
  String claimed() {
    return attempt == null || who != null || attempt.user().isEmpty() ? null : attempt.user();
  }

  /** It was not let in for lack of room. */
  void turnedAway(String why) {
    log.addOfStranger(about(AuditEvent.of("turned-away")).with("msg", why));
  }

  /** It was not let in, or did what it must not do. */
  void refused(Reason reason) {
    ends(reason.text());
    if (attempt != null && who == null) {
      log.addOfStranger(
          about(AuditEvent.of("login-refused"))
              .with("user", attempt.user())
              .with("method", Logins.method(attempt))
              .reason(reason));
    }
  }

  /** There is an account more. */
  void registered(String user) {
    log.add(about(AuditEvent.of("register")).with("user", user));
  }

  void loggedIn(Principal principal) {
    who = principal;
    log.add(
        about(AuditEvent.of("login"))
            .with("method", Logins.method(attempt))
            .with("role", Words.of(who.role()))
            .with("home", who.base().toString()));
  }

  /** Why it will end; the first reason counts. From any thread. */
  void ends(String why) {
    if (ending == null) {
      ending = why;
    }
  }

  /** It is over; says nothing unless somebody had logged in. */
  void loggedOut(long received, long sent) {
    if (who != null) {
      log.add(
          about(AuditEvent.of("logout"))
              .with("received", received)
              .with("sent", sent)
              .with("msg", ending));
    }
  }
}

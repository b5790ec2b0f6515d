package dev.ferry.server;

import dev.ferry.protocol.Bytes;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tickets that are good, and the connections they came from (spec 6.9). */
final class Tickets {
  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final Map<Bytes, Connection> good = new ConcurrentHashMap<>();

  /** A new one, good until it is {@linkplain #revoke revoked}. */
  Bytes issue(Connection holder) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    Bytes ticket = Bytes.of(secret);
    good.put(ticket, holder);
    return ticket;
  }

  /** Whom this ticket was issued to, or null if it is not good. */
  Connection holder(Bytes ticket) {
    return good.get(ticket);
  }

  void revoke(Bytes ticket) {
    good.remove(ticket);
  }
}

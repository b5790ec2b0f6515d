package dev.ferry.server.account;

import dev.ferry.protocol.Bytes;
import dev.ferry.transfer.login.Caveat;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A token that the server has issued, and not taken back.
 *
 * @param id 8 bytes
 * @param secret what {@link dev.ferry.transfer.login.Token#issue} makes it of
 * @param caveats what it was issued with, for people to see; they bind by being in the token
 */
public record IssuedToken(Bytes id, Bytes secret, List<Caveat> caveats) {
  public IssuedToken {
    caveats = List.copyOf(caveats);
  }

  /** When it ends; null: never. */
  public Instant end() {
    return caveats.stream()
        .filter(Caveat.Until.class::isInstance)
        .map(caveat -> ((Caveat.Until) caveat).time())
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Whether it has not ended by then. */
  public boolean isGood(Instant time) {
    return end() == null || time.isBefore(end());
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "IssuedToken[" + id + "]";
  }
}

package dev.ferry.server.audit;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Reason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One thing that happened, under construction. Used by one thread until it is handed over. No
 * secret ever goes into it.
 */
public final class AuditEvent {
  /** Of a value, in characters; what is longer is cut off and ends in "…". */
  static final int LONGEST_VALUE = 5000;

  private static final int USUAL_LENGTH = 256;

  private final StringBuilder fields = new StringBuilder(USUAL_LENGTH);

  private AuditEvent(String name, Instant time) {
    fields.append("\"time\":\"").append(time.truncatedTo(ChronoUnit.MILLIS));
    fields.append("\",\"event\":\"").append(name).append('"');
  }

  /**
   * Something that happens now.
   *
   * @param name a bare word of this program, as the next ones' keys
   */
  public static AuditEvent of(String name) {
    return new AuditEvent(name, Instant.now());
  }

  /** Adds foreign text or not; null leaves the key out. */
  public AuditEvent with(String key, String value) {
    if (value != null) {
      key(key).append(Printable.json(cut(value)));
    }
    return this;
  }

  /** Adds a number. */
  public AuditEvent with(String key, long value) {
    key(key).append(value);
    return this;
  }

  /** Adds yes or no. */
  public AuditEvent with(String key, boolean value) {
    key(key).append(value);
    return this;
  }

  /** Adds the code of what went wrong, and the words to it; null adds nothing. */
  public AuditEvent reason(Reason reason) {
    if (reason == null) {
      return this;
    }
    ErrorCode known = reason.known();
    return with("code", known == null ? Integer.toString(reason.code()) : known.wireName())
        .with("msg", reason.text());
  }

  private StringBuilder key(String key) {
    return fields.append(",\"").append(key).append("\":");
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
  }

  /** All but its place in the chain. */
  @Override
  public String toString() {
    return fields.toString();
  }
}

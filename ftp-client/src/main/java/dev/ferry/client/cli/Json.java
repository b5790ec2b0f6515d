package dev.ferry.client.cli;

import dev.ferry.protocol.Printable;

/** Writes one JSON object on one line; foreign text cannot get out of its string. */
final class Json {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a text; null is null. */
  Json put(String key, String value) {
    return raw(key, value == null ? "null" : Printable.json(value));
  }

  Json put(String key, long value) {
    return raw(key, Long.toString(value));
  }

  Json put(String key, boolean value) {
    return raw(key, Boolean.toString(value));
  }

  /** Adds a number of seconds, to the millisecond. */
  Json putSeconds(String key, long nanos) {
    long millis = nanos / 1_000_000;
    return raw(key, "%d.%03d".formatted(millis / 1000, millis % 1000));
  }

  private Json raw(String key, String value) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append('"').append(key).append("\":").append(value);
    return this;
  }

  @Override
  public String toString() {
    return text + "}";
  }
}

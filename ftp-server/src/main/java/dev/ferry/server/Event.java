package dev.ferry.server;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.Reason;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** One line of the log under construction. Used by one thread; {@link #write()} ends it. */
final class Event {
  private final StringBuilder line;
  private final Consumer<String> lines;

  Event(StringBuilder line, Consumer<String> lines) {
    this.line = line;
    this.lines = lines;
  }

  /**
   * Adds a value.
   *
   * @param key bare words of this program
   * @param value foreign text or not; null leaves the key out
   */
  Event with(String key, String value) {
    if (value != null) {
      line.append(' ').append(key).append('=').append(Printable.quoted(value));
    }
    return this;
  }

  Event with(String key, long value) {
    line.append(' ').append(key).append('=').append(value);
    return this;
  }

  /** Adds a path as people write it. */
  Event path(String key, List<String> components) {
    return with(key, "/" + String.join("/", components));
  }

  /** Adds the time since a moment of {@link System#nanoTime()}. */
  Event since(long began) {
    return with("ms", Duration.ofNanos(System.nanoTime() - began).toMillis());
  }

  /** Adds code and text; null adds nothing. */
  Event reason(Reason reason) {
    if (reason == null) {
      return this;
    }
    ErrorCode known = reason.known();
    return with("code", known == null ? Integer.toString(reason.code()) : known.wireName())
        .with("msg", reason.text());
  }

  void write() {
    lines.accept(line.toString());
  }
}

package dev.ferry.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.protocol.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One record: a word that says of what kind it is, then {@code key=value} fields, a space before
 * each. What is not plain in a value is percent-encoded. Nothing is ignored: a field that nobody
 * asked for is an error, as is one that has no such value.
 */
final class StateLine {
  private static final String PLAIN = "-._/:+";
  private static final int HEX = 16;

  private final String place;
  private final String kind;
  private final Map<String, List<String>> fields = new LinkedHashMap<>();

  private StateLine(String place, String kind) {
    this.place = place;
    this.kind = kind;
  }

  /**
   * Takes a line apart.
   *
   * @param place what errors begin with: {@code FILE:LINE:}
   */
  static StateLine parse(String place, String text) throws StateException {
    String[] words = text.split(" ", -1);
    StateLine line = new StateLine(place, words[0]);
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw line.wrong("'%s' is no key=value".formatted(Printable.text(words[i])));
      }
      String key = words[i].substring(0, equals);
      String value = line.decoded(key, words[i].substring(equals + 1));
      line.fields.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }
    return line;
  }

  String kind() {
    return kind;
  }

  /** The value of a field that has to be there, once. */
  <T> T one(String key, Function<String, T> parser) throws StateException {
    T value = maybe(key, parser);
    if (value == null) {
      throw wrong("a %s has no '%s'".formatted(shownKind(), key));
    }
    return value;
  }

  /** The value of a field that may be there, once; else null. */
  <T> T maybe(String key, Function<String, T> parser) throws StateException {
    List<T> values = all(key, parser);
    if (values.size() > 1) {
      throw wrong("'%s' comes twice".formatted(key));
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** All values of a field. */
  <T> List<T> all(String key, Function<String, T> parser) throws StateException {
    List<String> texts = fields.remove(key);
    List<T> values = new ArrayList<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      try {
        values.add(parser.apply(text));
      } catch (IllegalArgumentException e) {
        throw wrong("%s: %s".formatted(key, Printable.text(String.valueOf(e.getMessage()))));
      }
    }
    return values;
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** Refuses fields that nobody asked for. */
  void end() throws StateException {
    if (!fields.isEmpty()) {
      String key = Printable.text(fields.keySet().iterator().next());
      throw wrong("'%s' is no field of a %s".formatted(key, shownKind()));
    }
  }

  /** What is wrong here. */
  StateException wrong(String why) {
    return new StateException(place + " " + why);
  }

  private String shownKind() {
    return Printable.text(kind);
  }

  // ---- values

  /** A line under construction. */
  static final class Draft {
    private final StringBuilder text;

    Draft(String kind) {
      text = new StringBuilder(kind);
    }

    Draft with(String key, Object value) {
      text.append(' ').append(key).append('=').append(encoded(value.toString()));
      return this;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }

  private static String encoded(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (byte b : value.getBytes(UTF_8)) {
      if (isPlain((char) b)) {
        out.append((char) b);
      } else {
        out.append("%%%02X".formatted(b));
      }
    }
    return out.toString();
  }

  private String decoded(String key, String text) throws StateException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        bytes.write(c);
      } else if (c == '%' && i + 2 < text.length() && isHex(text, i + 1) && isHex(text, i + 2)) {
        bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), HEX));
        i += 2;
      } else {
        throw wrong(
            "%s: '%s' is not allowed there".formatted(Printable.text(key), Printable.text("" + c)));
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException _) {
      throw wrong(Printable.text(key) + ": it is no text");
    }
  }

  private static boolean isHex(String text, int at) {
    return Character.digit(text.charAt(at), HEX) >= 0 && text.charAt(at) < 0x80;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }
}

package dev.ferry.server.account;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;

/** The values of fields, from their text and to it. Whatever is wrong is an argument that is. */
final class Fields {
  private static final HexFormat HEX = HexFormat.of();

  private Fields() {}

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Role role(String text) {
    for (Role role : Role.values()) {
      if (word(role).equals(text)) {
        return role;
      }
    }
    throw none(text, "reader, writer, admin");
  }

  static boolean yesOrNo(String text) {
    return switch (text) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw none(text, "yes, no");
    };
  }

  static String yesOrNo(boolean value) {
    return value ? "yes" : "no";
  }

  /** A path exactly as {@link TreePath#toString} writes it. */
  static TreePath path(String text) {
    try {
      TreePath path = TreePath.parse(text);
      if (!path.toString().equals(text)) {
        throw new IllegalArgumentException("'%s' is no path from the root".formatted(text));
      }
      return path;
    } catch (BadNameException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }

  static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw new IllegalArgumentException("'%s' is no time".formatted(text));
    }
  }

  /** A number in these bounds, both allowed. */
  static Function<String, Long> number(long least, long most) {
    return text -> {
      long number = Long.parseLong(text);
      if (number < least || number > most) {
        throw new IllegalArgumentException("%d is not in %d to %d".formatted(number, least, most));
      }
      return number;
    };
  }

  /** So many bytes in hexadecimal. */
  static Function<String, Bytes> bytes(int length) {
    return text -> {
      Bytes bytes = Bytes.of(HEX.parseHex(text));
      if (bytes.length() != length) {
        throw new IllegalArgumentException("%d bytes, not %d".formatted(bytes.length(), length));
      }
      return bytes;
    };
  }

  private static IllegalArgumentException none(String text, String allowed) {
    return new IllegalArgumentException(
        "'%s' is none of %s".formatted(Printable.text(text), allowed));
  }
}

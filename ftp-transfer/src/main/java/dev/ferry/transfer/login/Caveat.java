package dev.ferry.transfer.login;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a token does not allow although the one before it did (spec 5.8). All that a token
 * carries hold at once.
 */
public sealed interface Caveat {
  /** No more than this role may. */
  record AtMost(Role role) implements Caveat {}

  /** Nothing but what lies below this path, which is the root from then on. */
  record Below(TreePath path) implements Caveat {}

  /** Nothing any more from this time on, in whole seconds. */
  record Until(Instant time) implements Caveat {}

  /** Not more bytes of content in all, there and back together. */
  record Moving(long most) implements Caveat {
    public Moving {
      if (most < 0) {
        throw new IllegalArgumentException(most + " bytes");
      }
    }
  }

  // Roles, as in WELCOME.
  int READER = 0;
  int WRITER = 1;

  // Kinds.
  int AT_MOST = 1;
  int BELOW = 2;
  int UNTIL = 3;
  int BYTES = 4;

  /** As it is signed and sent: kind, length, value. */
  default Bytes encoded() {
    byte[] value =
        switch (this) {
          case AtMost c -> new byte[] {(byte) (c.role() == Role.READER ? READER : WRITER)};
          case Below c -> encoded(c.path());
          case Until c -> number(c.time().getEpochSecond());
          case Moving c -> number(c.most());
        };
    return Bytes.of(
        ByteBuffer.allocate(3 + value.length)
            .put((byte) kind())
            .putShort((short) value.length)
            .put(value)
            .array());
  }

  private int kind() {
    return switch (this) {
      case AtMost _ -> AT_MOST;
      case Below _ -> BELOW;
      case Until _ -> UNTIL;
      case Moving _ -> BYTES;
    };
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] encoded(TreePath path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(path.components().size());
    for (String component : path.components()) {
      byte[] utf8 = component.getBytes(StandardCharsets.UTF_8);
      out.write(utf8.length >> 8);
      out.write(utf8.length);
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none that this version knows: then the token is not
   *     good here, because what it forbids is not known
   */
  static Caveat read(ByteBuffer in) {
    try {
      int kind = Byte.toUnsignedInt(in.get());
      int length = Short.toUnsignedInt(in.getShort());
      if (length > in.remaining()) {
        throw new IllegalArgumentException("the token is cut off");
      }
      ByteBuffer value = in.slice(in.position(), length);
      in.position(in.position() + length);
      Caveat caveat = value(kind, value);
      if (value.hasRemaining()) {
        throw new IllegalArgumentException("the token is damaged");
      }
      return caveat;
    } catch (BufferUnderflowException _) {
      throw new IllegalArgumentException("the token is cut off");
    }
  }

  private static Caveat value(int kind, ByteBuffer value) {
    return switch (kind) {
      case AT_MOST -> new AtMost(role(value.get()));
      case BELOW -> new Below(path(value));
      case UNTIL -> new Until(time(value.getLong()));
      case BYTES -> new Moving(value.getLong());
      default ->
          throw new IllegalArgumentException(
              "the token forbids something that this version does not know");
    };
  }

  private static Role role(int number) {
    return switch (number) {
      case READER -> Role.READER;
      case WRITER -> Role.WRITER;
      default -> throw new IllegalArgumentException("the token names no role");
    };
  }

  private static Instant time(long seconds) {
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new IllegalArgumentException("the token ends at no time");
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static TreePath path(ByteBuffer in) {
    int count = Byte.toUnsignedInt(in.get());
    List<String> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = Short.toUnsignedInt(in.getShort());
      if (length > in.remaining()) {
        throw new IllegalArgumentException("the token is damaged");
      }
      byte[] utf8 = new byte[length];
      in.get(utf8);
      String component = new String(utf8, StandardCharsets.UTF_8);
      if (!Bytes.of(component.getBytes(StandardCharsets.UTF_8)).equals(Bytes.of(utf8))) {
        throw new IllegalArgumentException("the token's path is no text");
      }
      components.add(component);
    }
    try {
      return TreePath.of(components);
    } catch (BadNameException e) {
      throw new IllegalArgumentException("the token's path: " + e.getMessage());
    }
  }
}

package dev.ferry.client;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Glob;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.Endpoint;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * {@code ferry://[user@]host[:port]/path} or {@code ferry+unix:[user@]/socket::/path}.
 *
 * <p>It is decoded once: {@code %} and two hexadecimal digits stand for a byte of UTF-8, everything
 * else for itself, {@code #} and {@code ?} included. A bare {@code *} makes the path a pattern; any
 * other sign of patterns, and {@code %2A}, belongs to the name.
 *
 * @param user null: not given
 */
public record FerryUrl(Endpoint endpoint, String user, RemotePath path) {
  private static final String TCP = "ferry://";
  private static final String UNIX = "ferry+unix:";
  private static final String ESCAPED_PERCENT = "%" + 25;
  private static final String HOST_NAME = "[\\w.-]+";
  private static final String SHAPE = "a URL looks like ferry://host:9021/path";

  /** Whether this text means to be a Ferry URL, a good one or not. */
  public static boolean isUrl(String text) {
    return starts(text, TCP) || starts(text, UNIX);
  }

  /** Takes a URL apart. */
  public static FerryUrl parse(String text) throws BadUrlException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new BadUrlException("the URL holds half a character (an unpaired surrogate)");
    }
    try {
      if (starts(text, UNIX)) {
        return unix(text.substring(UNIX.length()));
      }
      if (starts(text, TCP)) {
        return tcp(text.substring(TCP.length()));
      }
    } catch (BadNameException e) {
      throw new BadUrlException("the path of the URL: " + e.getMessage());
    }
    throw new BadUrlException("this is no Ferry URL; " + SHAPE);
  }

  private static boolean starts(String text, String scheme) {
    return text.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  private static FerryUrl tcp(String rest) throws BadUrlException, BadNameException {
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? null : user(authority.substring(0, at));
    RemotePath path = path(slash < 0 ? "" : rest.substring(slash));
    return new FerryUrl(server(authority.substring(at + 1)), user, path);
  }

  private static FerryUrl unix(String rest) throws BadUrlException, BadNameException {
    int end = rest.indexOf("::");
    String authority = end < 0 ? rest : rest.substring(0, end);
    int at = authority.indexOf("@/");
    boolean named = at >= 0 && authority.indexOf('/') > at;
    String user = named ? user(authority.substring(0, at)) : null;
    String socket = decode(named ? authority.substring(at + 1) : authority);
    if (socket.isEmpty()) {
      throw new BadUrlException("the URL names no socket; it looks like ferry+unix:/socket::/path");
    }
    try {
      RemotePath path = path(end < 0 ? "" : rest.substring(end + 2));
      return new FerryUrl(new Endpoint.Unix(Path.of(socket)), user, path);
    } catch (InvalidPathException _) {
      throw new BadUrlException("the URL names a socket that no file can be");
    }
  }

  private static String user(String text) throws BadUrlException {
    if (text.indexOf(':') >= 0) {
      throw new BadUrlException(
          "a password in a URL ends up in process lists and histories, so it is refused;"
              + " leave it out of the URL");
    }
    String user = decode(text);
    if (user.isEmpty()) {
      throw new BadUrlException("the URL has nothing before its @; " + SHAPE);
    }
    return user;
  }

  private static Endpoint server(String text) throws BadUrlException {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new BadUrlException("the URL opens a [ before its address and never closes it");
      }
      return new Endpoint.Tcp(address(text.substring(1, end)), port(text.substring(end + 1)));
    }
    int colon = text.indexOf(':');
    if (colon != text.lastIndexOf(':')) {
      throw new BadUrlException("an IPv6 address stands in brackets: ferry://[::1]:9021/path");
    }
    int end = colon < 0 ? text.length() : colon;
    return new Endpoint.Tcp(name(text.substring(0, end)), port(text.substring(end)));
  }

  private static String address(String text) throws BadUrlException {
    if (!text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%[\\w.-]+)?")) {
      throw new BadUrlException("there is no IPv6 address between the brackets of the URL");
    }
    return text;
  }

  private static String name(String text) throws BadUrlException {
    if (text.isEmpty()) {
      throw new BadUrlException("the URL names no host; " + SHAPE);
    }
    if (text.matches(HOST_NAME)) {
      return text; // the tables of other alphabets take longer to load than most commands run
    }
    try {
      String host = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
      if (host.matches(HOST_NAME)) {
        return host;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new BadUrlException("the host of the URL is no host name; " + SHAPE);
  }

  private static int port(String text) throws BadUrlException {
    if (text.isEmpty() || text.equals(":")) {
      return Endpoint.DEFAULT_PORT;
    }
    if (text.matches(":[0-9]{1,5}")) {
      int port = Integer.parseInt(text.substring(1));
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    }
    throw new BadUrlException("the port of the URL is no number from 1 to 65535");
  }

  private static RemotePath path(String text) throws BadUrlException, BadNameException {
    RemotePath.Builder path = new RemotePath.Builder(TreePath.ROOT);
    for (String part : text.split("/", -1)) {
      path.add(part, pattern(part));
    }
    return path.build();
  }

  private static String pattern(String part) throws BadUrlException {
    StringBuilder pattern = new StringBuilder();
    String[] pieces = part.split("\\*", -1);
    for (int i = 0; i < pieces.length; i++) {
      pattern.append(i == 0 ? "" : "*").append(Glob.escape(decode(pieces[i])));
    }
    return pattern.toString();
  }

  private static String decode(String text) throws BadUrlException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
    int at = 0;
    while (at < text.length()) {
      int percent = text.indexOf('%', at);
      int end = percent < 0 ? text.length() : percent;
      bytes.put(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
      at = end;
      if (percent >= 0) {
        bytes.put(escaped(text, percent));
        at = percent + 3;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException _) {
      throw new BadUrlException("the percent escapes of the URL do not make up UTF-8 text");
    }
  }

  private static byte escaped(String text, int percent) throws BadUrlException {
    String digits = text.substring(percent + 1, Math.min(percent + 3, text.length()));
    if (!digits.matches("[0-9a-fA-F]{2}")) {
      throw new BadUrlException(
          "a percent sign in a URL needs two hexadecimal digits behind it; the sign itself is"
              + " written "
              + ESCAPED_PERCENT);
    }
    return (byte) Integer.parseInt(digits, 16);
  }
}

package dev.ferry.server.cli;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.SessionThreads;
import dev.ferry.server.account.Registration;
import dev.ferry.transfer.link.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options. */
final class Converters {
  private Converters() {}

  /** {@code HOST:PORT}, {@code [IPv6]:PORT} or {@code unix:PATH}. */
  static final class Listen implements ITypeConverter<Endpoint> {
    private static final String UNIX = "unix:";
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern TCP =
        Pattern.compile("(?:\\[(?<six>[^\\]]+)\\]|(?<host>[^:\\[\\]]+)):(?<port>[0-9]{1,5})");

    @Override
    public Endpoint convert(String text) {
      if (text.startsWith(UNIX) && text.length() > UNIX.length()) {
        return new Endpoint.Unix(Path.of(text.substring(UNIX.length())));
      }
      Matcher tcp = TCP.matcher(text);
      if (tcp.matches() && Integer.parseInt(tcp.group("port")) <= HIGHEST_PORT) {
        String host = tcp.group("six") != null ? tcp.group("six") : tcp.group("host");
        return new Endpoint.Tcp(host, Integer.parseInt(tcp.group("port")));
      }
      throw none(text, "HOST:PORT, [IPv6]:PORT, unix:PATH");
    }
  }

  /** A host name, an IPv4 address, or an IPv6 address without brackets. */
  static final class Host implements ITypeConverter<String> {
    private static final Pattern SHAPE =
        Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,252})|(?=.*:.*:)[0-9A-Fa-f:.]+");

    @Override
    public String convert(String text) {
      if (!SHAPE.matcher(text).matches()) {
        throw new TypeConversionException(
            "'%s' is no host name and no address".formatted(Printable.text(text)));
      }
      return text;
    }
  }

  /** A file or folder of this machine; an empty name would mean the one that somebody is in. */
  static Path file(String text) {
    if (text.isEmpty()) {
      throw new TypeConversionException("the name is empty; the current folder is '.'");
    }
    return Path.of(text);
  }

  /**
   * A folder below the served root, which decides what somebody may see.
   *
   * @throws TypeConversionException saying what is wrong
   */
  static TreePath folder(String text) {
    try {
      return TreePath.exactly(text);
    } catch (BadNameException e) {
      throw new TypeConversionException(
          "'%s': %s; write it as /a/b, from the root"
              .formatted(Printable.text(text), e.getMessage()));
    }
  }

  /** {@code read} or {@code write}. */
  static final class Access implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return switch (text) {
        case "read" -> Role.READER;
        case "write" -> Role.WRITER;
        default -> throw none(text, "read, write");
      };
    }
  }

  /** {@code virtual}, {@code platform} or {@code pool:N}. */
  static final class Threads implements ITypeConverter<SessionThreads> {
    @Override
    public SessionThreads convert(String text) {
      try {
        return SessionThreads.parse(text);
      } catch (IllegalArgumentException _) {
        throw none(text, "virtual, platform, pool:N with N of 1 or more");
      }
    }
  }

  /** {@code file}, {@code batch} or {@code none}. */
  static final class Promise implements ITypeConverter<Durability> {
    @Override
    public Durability convert(String text) {
      return switch (text) {
        case "file" -> Durability.FILE;
        case "batch" -> Durability.BATCH;
        case "none" -> Durability.NONE;
        default -> throw none(text, "file, batch, none");
      };
    }
  }

  /** {@code reader}, {@code writer} or {@code admin}. */
  static final class AccountRole implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return switch (text) {
        case "reader" -> Role.READER;
        case "writer" -> Role.WRITER;
        case "admin" -> Role.ADMIN;
        default -> throw none(text, "reader, writer, admin");
      };
    }
  }

  /** {@code off}, {@code invite} or {@code open}. */
  static final class Registering implements ITypeConverter<Registration> {
    @Override
    public Registration convert(String text) {
      return switch (text) {
        case "off" -> Registration.OFF;
        case "invite" -> Registration.INVITE;
        case "open" -> Registration.OPEN;
        default -> throw none(text, "off, invite, open");
      };
    }
  }

  /** Bytes: {@code 500}, {@code 20K}, {@code 500M}, {@code 10G}, each 1024 times more. */
  static final class Size implements ITypeConverter<Long> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})([KMGT]?)");

    @Override
    public Long convert(String text) {
      Matcher size = SHAPE.matcher(text);
      if (!size.matches()) {
        throw none(text, "500, 20K, 500M, 10G");
      }
      int power = "KMGT".indexOf(size.group(2).isEmpty() ? ' ' : size.group(2).charAt(0)) + 1;
      long number = Long.parseLong(size.group(1));
      if (number > Long.MAX_VALUE >> (10 * power)) {
        throw none(text, "8388607T and less");
      }
      return number << (10 * power);
    }
  }

  /** The same, and more than nothing. */
  static final class Amount implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      long bytes = new Size().convert(text);
      if (bytes == 0) {
        throw none(text, "1 and more: 500, 20K, 500M, 10G");
      }
      return bytes;
    }
  }

  /** A time of more than nothing: {@code 90s}, {@code 30m}, {@code 12h}, {@code 7d}. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    @Override
    public Duration convert(String text) {
      Matcher time = SHAPE.matcher(text);
      if (!time.matches()) {
        throw none(text, "90s, 30m, 12h, 7d");
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }

  /** A number of 1 to 1,000,000. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 1, 1_000_000, "1 to 1000000");
    }
  }

  /** A number of seconds, up to a day. */
  static final class Seconds implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 0, 86_400, "0 to 86400 seconds");
    }
  }

  private static Integer number(String text, int lowest, int highest, String allowed) {
    int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
    if (number < lowest || number > highest) {
      throw none(text, allowed);
    }
    return number;
  }

  private static TypeConversionException none(String text, String allowed) {
    return new TypeConversionException("'%s' is none of %s".formatted(text, allowed));
  }
}

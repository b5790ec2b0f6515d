package dev.ferry.client.cli;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@picocli.CommandLine.Command(
    name = "narrow",
    description = {
      "Print a token that allows less than the one in FERRY_TOKEN.",
      "No server is asked: whoever has a token can make narrower ones, and nobody wider ones. All"
          + " end when the first one is taken back."
    })
final class TokenNarrowCommand extends Command {
  @Option(
      names = "--role",
      paramLabel = "reader|writer",
      converter = RoleName.class,
      description = "Allow no more than this role may.")
  private Role role;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      converter = Folder.class,
      description = "Allow only what lies below, seen from where the token leads now.")
  private TreePath path;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = End.class,
      description = "End after 90s, 30m, 12h or 7d, or at 2026-12-31T18:00.")
  private Instant until;

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      converter = Amount.class,
      description = "Move no more content than that, there and back: 500M, 10G.")
  private Long bytes;

  TokenNarrowCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    Token token = OwnToken.needed(context.environment());
    List<Caveat> caveats = caveats();
    if (caveats.isEmpty()) {
      throw new UsageException("narrower in what? Give --role, --path, --expires or --max-bytes");
    }
    try {
      for (Caveat caveat : caveats) {
        token = token.narrowed(caveat);
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
    context.io().out().line(token.text());
    return ExitCode.OK;
  }

  private List<Caveat> caveats() {
    List<Caveat> caveats = new ArrayList<>();
    if (role != null) {
      caveats.add(new Caveat.AtMost(role));
    }
    if (path != null) {
      caveats.add(new Caveat.Below(path));
    }
    if (until != null) {
      caveats.add(new Caveat.Until(until));
    }
    if (bytes != null) {
      caveats.add(new Caveat.Moving(bytes));
    }
    return caveats;
  }

  /** Reads a path that decides what somebody may see. */
  static final class Folder implements ITypeConverter<TreePath> {
    @Override
    public TreePath convert(String text) {
      try {
        return TreePath.exactly(text);
      } catch (BadNameException e) {
        throw new TypeConversionException(
            "'%s': %s; write it as /a/b, from where the token leads now"
                .formatted(Printable.text(text), e.getMessage()));
      }
    }
  }

  /** Reads one of the roles that tokens know. */
  static final class RoleName implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "reader" -> Role.READER;
        case "writer" -> Role.WRITER;
        default ->
            throw new TypeConversionException("'%s' is none of reader, writer".formatted(text));
      };
    }
  }

  /** Reads a time to come: how long until then, or when, on this machine's clock or with a zone. */
  static final class End implements ITypeConverter<Instant> {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    @Override
    public Instant convert(String text) {
      Instant end = end(text);
      if (!end.isAfter(Instant.now())) {
        throw new TypeConversionException("'%s' is over already".formatted(text));
      }
      return end;
    }

    private static Instant end(String text) {
      Matcher span = SPAN.matcher(text);
      if (span.matches()) {
        return Instant.now().plus(span(Long.parseLong(span.group(1)), span.group(2)));
      }
      try {
        return text.matches(".*T.*([zZ]|[+-][0-9:]+)")
            ? OffsetDateTime.parse(text).toInstant()
            : LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
      } catch (DateTimeException _) {
        throw new TypeConversionException(
            "'%s' is no time; one looks like 30m, 12h, 7d or 2026-12-31T18:00".formatted(text));
      }
    }

    private static Duration span(long number, String unit) {
      return switch (unit) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }

  /** Reads bytes, or so many times 1024, 1024², 1024³ or 1024⁴ of them. */
  static final class Amount implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([KMGT]?)");

    @Override
    public Long convert(String text) {
      Matcher matcher = FORM.matcher(text.toUpperCase(Locale.ROOT));
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s' is no size; one looks like 500M or 10G".formatted(text));
      }
      long unit = 1L << (10 * " KMGT".indexOf(matcher.group(2)));
      try {
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
      } catch (ArithmeticException _) {
        throw new TypeConversionException("'%s' is more than there is".formatted(text));
      }
    }
  }
}

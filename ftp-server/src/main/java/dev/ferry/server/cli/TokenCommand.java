package dev.ferry.server.cli;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.account.IssuedToken;
import dev.ferry.server.audit.AuditEvent;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ferryd token}: secrets for pipelines, which say themselves what they are good for. */
@Command(
    name = "token",
    description = "Issues tokens for pipelines and takes them back, also while the server runs.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class)
final class TokenCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "what shall be done? Try: ferryd token --help");
  }

  /** A new token, which is printed this once. */
  @Command(
      name = "create",
      description = "Prints a new token: a secret that is kept nowhere in this form.",
      mixinStandardHelpOptions = true)
  int create(
      @Option(
              names = "--role",
              required = true,
              paramLabel = "reader|writer",
              converter = Converters.AccountRole.class,
              description = "reader lists and gets, writer also changes.")
          Role role,
      @Option(
              names = "--path",
              paramLabel = "PATH",
              defaultValue = "/",
              description = "The folder that is / for the holder.")
          String path,
      @Option(
              names = "--expires",
              paramLabel = "TIME",
              defaultValue = "30d",
              converter = Converters.Time.class,
              description = "How long it is good: 12h, 30d. Default: ${DEFAULT-VALUE}.")
          Duration time,
      @Option(
              names = "--max-bytes",
              paramLabel = "SIZE",
              converter = Converters.Amount.class,
              description = "How much content it may move in all: 500M, 10G.")
          Long most,
      @Mixin StateOption state)
      throws IOException {
    if (role == Role.ADMIN) {
      throw new ParameterException(spec.commandLine(), "a token is a reader or a writer");
    }
    List<Caveat> caveats = new ArrayList<>();
    caveats.add(new Caveat.AtMost(role));
    caveats.add(new Caveat.Until(Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS)));
    TreePath below = path(path);
    if (!below.isRoot()) {
      caveats.add(new Caveat.Below(below));
    }
    if (most != null) {
      caveats.add(new Caveat.Moving(most));
    }
    IssuedToken issued = new IssuedToken(Token.newId(), Token.newSecret(), caveats);
    Token token = Token.issue(issued.id(), issued.secret());
    for (Caveat caveat : caveats) {
      token = token.narrowed(caveat);
    }
    state.begin(
        AuditEvent.of("token-create")
            .with("token", issued.id().toString())
            .with("rights", rights(issued)),
        accounts -> accounts.issue(issued));
    say(token.text());
    return ExitCodes.OK;
  }

  private TreePath path(String text) {
    try {
      return Converters.folder(text);
    } catch (TypeConversionException e) {
      throw new ParameterException(spec.commandLine(), "--path: " + e.getMessage());
    }
  }

  /** All tokens. */
  @Command(
      name = "list",
      description = "Lists the tokens that are good.",
      mixinStandardHelpOptions = true)
  int list(@Mixin StateOption state) throws IOException {
    Instant now = Instant.now();
    for (IssuedToken token : state.accounts().tokens()) {
      if (token.isGood(now)) {
        say(token.id() + "  " + rights(token));
      }
    }
    return ExitCodes.OK;
  }

  private static String rights(IssuedToken token) {
    return token.caveats().stream().map(TokenCommand::text).collect(Collectors.joining(", "));
  }

  private static String text(Caveat caveat) {
    return switch (caveat) {
      case Caveat.AtMost c -> c.role().name().toLowerCase(Locale.ROOT);
      case Caveat.Below c -> "below " + c.path();
      case Caveat.Until c -> "until " + c.time();
      case Caveat.Moving c -> "at most %,d bytes".formatted(c.most());
    };
  }

  /** A token less. */
  @Command(
      name = "remove",
      description = "Takes a token back, with all that were made of it, and ends its sessions.",
      mixinStandardHelpOptions = true)
  int remove(@Parameters(paramLabel = "ID") String id, @Mixin StateOption state)
      throws IOException {
    if (!id.matches("[0-9a-f]{16}")) {
      throw new ParameterException(
          spec.commandLine(), "a token's id has 16 characters; see: ferryd token list");
    }
    Bytes taken = Bytes.of(HexFormat.of().parseHex(id));
    state.change(
        AuditEvent.of("token-remove").with("token", id), accounts -> accounts.takeBack(taken));
    return ExitCodes.OK;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}

package dev.ferry.client.cli;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Token;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

@picocli.CommandLine.Command(
    name = "show",
    description = {
      "Print what the token in FERRY_TOKEN allows, never the token itself.",
      "Its server may allow less: it may have taken the token back."
    })
final class TokenShowCommand extends Command {
  private static final String ANY = "any";

  TokenShowCommand(CommandContext context) {
    super(context);
  }

  /** What all caveats leave; null: they do not say. */
  private record Allowed(Role role, TreePath path, Instant until, Long bytes) {
    static Allowed by(Token token) throws BadNameException {
      Role role = null;
      TreePath path = TreePath.ROOT;
      Instant until = null;
      Long bytes = null;
      for (Caveat caveat : token.caveats()) {
        switch (caveat) {
          case Caveat.AtMost c -> role = least(role, c.role());
          case Caveat.Below c -> path = path.append(c.path());
          case Caveat.Until c -> until = least(until, c.time());
          case Caveat.Moving c -> bytes = least(bytes, c.most());
        }
      }
      return new Allowed(role, path, until, bytes);
    }

    private static <T extends Comparable<? super T>> T least(T one, T other) {
      return one == null || other.compareTo(one) < 0 ? other : one;
    }
  }

  @Override
  ExitCode run() throws IOException {
    Token token = OwnToken.needed(context.environment());
    Allowed allowed = Allowed.by(token);
    Output out = context.io().out();
    if (context.options().json()) {
      out.line(json(token, allowed).toString());
      return ExitCode.OK;
    }
    Instant until = allowed.until;
    boolean ended = until != null && !until.isAfter(Instant.now());
    out.line("token  " + token.id());
    out.line("role   " + (allowed.role == null ? ANY : word(allowed.role)));
    out.line("path   " + Printable.text(allowed.path.toString()));
    out.line(
        "until  " + (until == null ? ANY : Words.exactTime(until)) + (ended ? " (ended)" : ""));
    out.line("bytes  " + (allowed.bytes == null ? ANY : Words.exactSize(allowed.bytes)));
    return ExitCode.OK;
  }

  private static Json json(Token token, Allowed allowed) {
    Json json = new Json().put("type", "token").put("token", token.id().toString());
    json.put("role", allowed.role == null ? null : word(allowed.role));
    json.put("path", allowed.path.toString());
    json.put("until", allowed.until == null ? null : allowed.until.toString());
    return allowed.bytes == null
        ? json.put("bytes", null)
        : json.put("bytes", allowed.bytes.longValue());
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.LoginRefusedException;
import dev.ferry.client.Logins;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;

/** Logs in where the URL names no user: with the token there is, else as anybody. */
final class NamelessLogins implements Logins {
  private final CommandContext context;
  private boolean byToken;

  NamelessLogins(CommandContext context) {
    this.context = context;
  }

  @Override
  public Credential first() throws IOException {
    byToken = OwnToken.isSet(context.environment());
    if (byToken) {
      return new Credential.ByToken(OwnToken.of(context.environment()));
    }
    String password = context.password().where();
    boolean key = context.options().identity() != null;
    if (password != null || key) {
      context
          .messages()
          .note(
              "the URL names no user, so %s is not used; a user is named like this: ferry://NAME@HOST/"
                  .formatted(key ? "-i" : password));
    }
    return Credential.anonymous();
  }

  @Override
  public Credential next(LoginRefusedException refusal) throws IOException {
    throw byToken ? refusal.hint("ferry token show tells what it allows") : refusal;
  }
}

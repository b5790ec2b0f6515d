package dev.ferry.client.cli;

import dev.ferry.client.CredentialException;
import dev.ferry.client.FerryClient;
import dev.ferry.client.FerryUrl;
import dev.ferry.client.Remote;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Printable;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(
    name = "register",
    description = {
      "Make an account for yourself, where the server allows that.",
      "The server never sees the password."
    })
final class RegisterCommand extends Command {
  private static final String VARIABLE = "FERRY_INVITE";
  private static final int QUESTIONS = 3;
  private static final int INVITATION_BYTES = 64;

  @Option(
      names = "--invite",
      paramLabel = "CODE",
      description =
          "The invitation that the server's operator gave you; scripts put it into FERRY_INVITE."
              + " Asked for if not given.")
  private String invite;

  @Parameters(paramLabel = "URL", description = "ferry://NAME@host:9021")
  private String url;

  RegisterCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    FerryUrl server = FerryUrl.parse(url);
    if (server.user() == null) {
      throw new UsageException(
          "the URL has to name the new user, like this: ferry://NAME@host:9021");
    }
    context.meet(server);
    Bytes invitation = invitation(server);
    Bytes password = context.password().get();
    Credential.Registration account =
        new Credential.Registration(
            server.user(),
            Scram.Verifier.of(password == null ? askTwice(server) : password),
            invitation);
    try (Remote remote = context.once(server, account)) {
      remote.call(FerryClient::ping);
      String role = remote.role().name().toLowerCase(Locale.ROOT);
      context
          .io()
          .out()
          .line(
              "%s is registered at %s as %s"
                  .formatted(Printable.text(server.user()), server.endpoint(), role));
    }
    return ExitCode.OK;
  }

  private Bytes invitation(FerryUrl server) throws IOException {
    String code = invite == null ? context.environment().getOrDefault(VARIABLE, "") : invite;
    if (invite == null && code.isEmpty()) {
      code = context.ask("Invitation for %s (none: Enter): ".formatted(server.endpoint()));
    }
    Bytes bytes =
        Bytes.of(code == null ? new byte[0] : code.strip().getBytes(StandardCharsets.UTF_8));
    if (bytes.length() > INVITATION_BYTES) {
      throw new UsageException("an invitation is not as long as that; copy it again");
    }
    return bytes;
  }

  private Bytes askTwice(FerryUrl server) throws IOException {
    String account = server.user() + "@" + server.endpoint();
    for (int i = 0; i < QUESTIONS; i++) {
      char[] typed = context.askSecret("New password for %s: ".formatted(Printable.text(account)));
      char[] again = typed == null ? null : context.askSecret("The same again: ");
      if (again == null) {
        break;
      }
      boolean same = Arrays.equals(typed, again);
      Arrays.fill(again, '\0');
      try {
        Bytes password = Scram.password(typed);
        if (same) {
          return password;
        }
        context.messages().note("that was not the same twice");
      } catch (IllegalArgumentException e) {
        context.messages().note(e.getMessage());
      }
    }
    throw new CredentialException(
        "there is no password for %s; pass --password-stdin or FERRY_PASSWORD".formatted(account));
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.KnownServers;
import dev.ferry.client.Trust;
import dev.ferry.client.UnknownServerException;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.Authorities;
import dev.ferry.transfer.tls.KeyFingerprint;
import dev.ferry.transfer.tls.ServerIdentity;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The servers in the user's own file, and those with a certificate that the system trusts. An
 * unknown one is asked about on a terminal, once.
 */
final class ServerTrust implements Trust {
  private final CommandContext context;
  private final KnownServers known;

  /** What a person has said yes to. */
  private volatile KeyFingerprint accepted;

  ServerTrust(CommandContext context) {
    this.context = context;
    known =
        new KnownServers(
            ConfigFolder.of(context.environment()).resolve("known_servers"),
            authorities(context.environment().get("SSL_CERT_FILE")),
            context.messages()::note);
  }

  /** As OpenSSL chooses them, and with it most programs. */
  private static Authorities authorities(String file) {
    return Authorities.of(file == null || file.isEmpty() ? null : Path.of(file));
  }

  @Override
  public boolean check(Endpoint server, ServerIdentity identity) throws IOException {
    try {
      return known.check(server, identity);
    } catch (UnknownServerException e) {
      if (!context.options().acceptNew() && !identity.fingerprint().equals(accepted)) {
        throw e;
      }
      return false;
    }
  }

  @Override
  public boolean learn(Endpoint server, KeyFingerprint identity) throws IOException {
    String answer =
        context.ask(
            "The server at %s is not known yet. Its fingerprint is\n  %s\nTrust it from now on (yes/no)? "
                .formatted(server, identity));
    while (answer != null && !isNo(answer)) {
      if (answer.strip().equalsIgnoreCase("yes") || answer.strip().equals(identity.text())) {
        accepted = identity;
        return true;
      }
      answer = context.ask("Type yes, no or the fingerprint: ");
    }
    return false;
  }

  private static boolean isNo(String answer) {
    return answer.isBlank() || answer.strip().equalsIgnoreCase("no");
  }

  @Override
  public void remember(Endpoint server, ServerIdentity identity) throws IOException {
    known.remember(server, identity);
  }
}

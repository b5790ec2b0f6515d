package dev.ferry.client.cli;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.CredentialException;
import dev.ferry.client.FerryClient;
import dev.ferry.client.LoginRefusedException;
import dev.ferry.client.Logins;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Printable;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds what a user can log in with: the password or the key that was given; else the keys there
 * are, one after the other; else the person is asked for the password.
 */
final class UserLogins implements Logins {
  private static final int QUESTIONS = 3;

  private final CommandContext context;
  private final String user;
  private final String account;
  private final Endpoint server;
  private final ClientOptions options;
  private final Deque<Signer> keys = new ArrayDeque<>();
  private final List<String> tried = new ArrayList<>();
  private List<String> unusable = List.of();
  private boolean passwordGiven;
  private boolean keyGiven;
  private int asked;

  /**
   * @param options decide whether the server is trusted, before a person types a secret for it
   */
  UserLogins(CommandContext context, Endpoint server, String user, ClientOptions options) {
    this.context = context;
    this.server = server;
    this.user = user;
    this.options = options;
    account = user + "@" + server(server);
  }

  private static String server(Endpoint server) {
    return server instanceof Endpoint.Tcp tcp && tcp.port() == Endpoint.DEFAULT_PORT
        ? tcp.host()
        : server.toString();
  }

  @Override
  public Credential first() throws IOException {
    keys.clear();
    tried.clear();
    asked = 0;
    passwordGiven = false;
    Path identity = context.options().identity();
    keyGiven = identity != null;
    if (keyGiven) {
      return given(identity);
    }
    Bytes given = context.password().get();
    passwordGiven = given != null;
    if (passwordGiven) {
      return new Credential.Password(user, given);
    }
    if (!context.options().passwordStdin()) {
      findKeys();
    }
    return keys.isEmpty() ? askStranger() : nextKey();
  }

  /** Asks for a password for a server that was not met yet. */
  private Credential askStranger() throws IOException {
    if (context.mayAsk()) {
      FerryClient.meet(server, options);
    }
    return ask(nothing());
  }

  private Credential given(Path identity) throws IOException {
    if (context.options().passwordStdin()) {
      throw new UsageException("-i logs in with nothing but the key; leave out --password-stdin");
    }
    keys.add(OwnKeys.in(identity, context.environment()));
    return nextKey();
  }

  private void findKeys() {
    OwnKeys own = OwnKeys.find(context.environment());
    keys.addAll(own.all());
    unusable = own.unusable();
    unusable.forEach(context.messages()::detail);
  }

  private Credential nextKey() {
    Signer key = keys.remove();
    tried.add(key.publicKey().fingerprint());
    context.messages().detail("trying the key " + key.publicKey().fingerprint());
    return new Credential.Key(user, key);
  }

  @Override
  public Credential next(LoginRefusedException refusal) throws IOException {
    if (passwordGiven) {
      throw refusal.hint("the password came from " + context.password().where());
    }
    if (keyGiven) {
      throw refusal.hint(addKey());
    }
    if (!keys.isEmpty()) {
      return nextKey();
    }
    if (asked > 0 && asked < QUESTIONS) {
      context.messages().note(Failure.of(refusal).text());
    }
    return ask(asked > 0 ? refusal : refusal.hint(addKey() + ", or pass --password-stdin"));
  }

  private String addKey() {
    return "whoever runs the server adds a key with: ferryd user key %s --add FILE".formatted(user);
  }

  private CredentialException nothing() {
    String why = unusable.isEmpty() ? "" : " (%s)".formatted(String.join("; ", unusable));
    return new CredentialException(
        ("there is no password and no key for %s%s; pass --password-stdin, FERRY_PASSWORD or -i"
                + " FILE, or make a key with: ferry keygen")
            .formatted(account, why));
  }

  /**
   * Asks for the password, a few times.
   *
   * @param otherwise is thrown if nobody answers
   */
  private Credential ask(IOException otherwise) throws IOException {
    while (asked++ < QUESTIONS) {
      char[] typed = context.askSecret("Password for %s: ".formatted(Printable.text(account)));
      if (typed == null) {
        throw otherwise;
      }
      try {
        return new Credential.Password(user, Scram.password(typed));
      } catch (IllegalArgumentException e) {
        context.messages().note(e.getMessage());
      }
    }
    throw otherwise;
  }
}

package dev.ferry.client.cli;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.FerryUrl;
import dev.ferry.client.Logins;
import dev.ferry.client.Remote;
import dev.ferry.client.Trust;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** The servers that commands talk to, each with one connection. Safe for use by many threads. */
final class Servers implements AutoCloseable {
  private final CommandContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Remote> known = new HashMap<>();

  private record Key(
      Endpoint endpoint, String user, boolean plaintext, KeyFingerprint fingerprint) {}

  Servers(CommandContext context) {
    this.context = context;
  }

  /** The server of a URL, with the options in force. */
  Remote server(FerryUrl url) throws UsageException {
    Key key = key(url);
    lock.lock();
    try {
      return known.computeIfAbsent(key, _ -> server(key));
    } finally {
      lock.unlock();
    }
  }

  /** A connection of its own, for something that is not done twice. The caller closes it. */
  Remote once(FerryUrl url, Credential credential) throws UsageException {
    return server(key(url), server(url).options(), Logins.only(credential), () -> 0);
  }

  /** Decides whether a server is trusted, before a person types a secret for it. */
  void meet(FerryUrl url) throws IOException {
    Remote remote = server(url);
    FerryClient.meet(remote.endpoint(), remote.options());
  }

  private Key key(FerryUrl url) throws UsageException {
    CommonOptions options = context.options();
    boolean socket = url.endpoint() instanceof Endpoint.Unix;
    if (options.fingerprint() != null && (socket || options.plaintext())) {
      throw new UsageException(
          "there is no identity to compare without encryption; leave out "
              + (socket ? "--fingerprint" : "--plaintext or --fingerprint"));
    }
    return new Key(url.endpoint(), url.user(), options.plaintext(), options.fingerprint());
  }

  private Remote server(Key key) {
    ClientOptions options = options(key);
    Logins logins =
        key.user == null
            ? new NamelessLogins(context)
            : new UserLogins(context, key.endpoint, key.user, options);
    return server(key, options, logins, () -> context.options().retries());
  }

  private Remote server(Key key, ClientOptions options, Logins logins, IntSupplier retries) {
    return new Remote(
        key.endpoint, options, new Remote.Retries(retries, context.messages()::retrying), logins);
  }

  private ClientOptions options(Key key) {
    return key.plaintext ? ClientOptions.withoutEncryption() : ClientOptions.encrypted(trust(key));
  }

  private Trust trust(Key key) {
    return key.fingerprint == null ? new ServerTrust(context) : Trust.only(key.fingerprint);
  }

  void forget(Remote server) {
    lock.lock();
    try {
      known.values().remove(server);
    } finally {
      lock.unlock();
    }
    server.close();
  }

  void cancel() {
    lock.lock();
    try {
      known.values().forEach(Remote::cancel);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      known.values().forEach(Remote::close);
    } finally {
      lock.unlock();
    }
  }
}

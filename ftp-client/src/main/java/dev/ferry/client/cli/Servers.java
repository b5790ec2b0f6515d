package dev.ferry.client.cli;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryUrl;
import dev.ferry.client.Remote;
import dev.ferry.client.Trust;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The servers that commands talk to, each with one connection. Safe for use by many threads. */
final class Servers implements AutoCloseable {
  private final CommandContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Remote> known = new HashMap<>();

  private record Key(Endpoint endpoint, boolean plaintext, KeyFingerprint fingerprint) {}

  Servers(CommandContext context) {
    this.context = context;
  }

  /** The server of a URL, with the options in force. */
  Remote server(FerryUrl url) throws UsageException {
    if (url.user() != null) {
      throw new UsageException(
          "this version of Ferry has no accounts yet; leave the user out of the URL");
    }
    CommonOptions options = context.options();
    Key key = new Key(url.endpoint(), options.plaintext(), options.fingerprint());
    lock.lock();
    try {
      return known.computeIfAbsent(key, this::server);
    } finally {
      lock.unlock();
    }
  }

  private Remote server(Key key) {
    return new Remote(
        key.endpoint,
        key.plaintext ? ClientOptions.withoutEncryption() : ClientOptions.encrypted(trust(key)),
        new Remote.Retries(() -> context.options().retries(), context.messages()::retrying));
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

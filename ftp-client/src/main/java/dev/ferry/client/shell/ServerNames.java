package dev.ferry.client.shell;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.FileKind;
import dev.ferry.client.ListRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lists remote folders over a connection of its own, made when it is needed. {@link #rest} gives
 * the server its place back.
 *
 * <p>One thread lists and rests; {@link #close} may come from any other.
 */
final class ServerNames implements RemoteNames.Lister {
  /** More than anybody will look through. */
  private static final int MOST = 10_000;

  private final Endpoint endpoint;
  private final Supplier<ClientOptions> options;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private FerryClient client;
  private boolean closed;

  /**
   * Does nothing yet.
   *
   * @param options with what the login was done, so that nobody is asked for it again
   */
  ServerNames(Endpoint endpoint, Supplier<ClientOptions> options) {
    this.endpoint = endpoint;
    this.options = options;
  }

  @Override
  public List<Named> list(TreePath folder) throws IOException {
    FerryClient earlier = open();
    if (earlier != null) {
      try {
        return list(earlier, folder);
      } catch (ConnectionLostException _) {
        earlier.close();
      }
    }
    return list(connect(), folder);
  }

  @Override
  public void rest() {
    FerryClient idle = open();
    if (idle != null) {
      idle.close();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    rest();
  }

  private static List<Named> list(FerryClient client, TreePath folder) throws IOException {
    List<Named> names = new ArrayList<>();
    client.list(
        new ListRequest(RemotePath.of(folder), false, true),
        item -> {
          if (names.size() < MOST) {
            names.add(new Named(item.path().name(), item.kind() == FileKind.FOLDER));
          }
        });
    return names;
  }

  private FerryClient open() {
    lock.lock();
    try {
      return client != null && client.isOpen() ? client : null;
    } finally {
      lock.unlock();
    }
  }

  private FerryClient connect() throws IOException {
    FerryClient fresh = FerryClient.connect(endpoint, options.get());
    lock.lock();
    try {
      client = fresh;
      if (closed) {
        fresh.close();
      }
      return fresh;
    } finally {
      lock.unlock();
    }
  }
}

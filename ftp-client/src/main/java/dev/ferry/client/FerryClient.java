package dev.ferry.client;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Pace;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A connection to a server. It does one thing at a time (house rule of the protocol, spec section
 * 6); nothing but {@link #cancel()} and {@link #close()} may be called while a call is under way.
 *
 * <p>All calls block. They throw {@link RefusedException} if the server said no, and the connection
 * goes on; {@link ConnectionLostException} or {@link ProtocolException} if it is of no use any
 * more, and {@link ServerBusyException} or {@link CannotConnectException} if it never was: then
 * nothing was done. After {@link #cancel()} they throw {@link CancelledException}.
 */
public final class FerryClient implements AutoCloseable {
  private final Connection connection;
  private final Endpoint endpoint;

  private FerryClient(Connection connection, Endpoint endpoint) {
    this.connection = connection;
    this.endpoint = endpoint;
  }

  /**
   * Connects, and sends what introduces this side; the answer is read with that to the first
   * request. The caller closes the client.
   *
   * @throws IdentityException if the server is not one that the options trust
   */
  public static FerryClient connect(Endpoint endpoint, ClientOptions options) throws IOException {
    return new FerryClient(Connection.open(endpoint, options), endpoint);
  }

  /**
   * Finds out who the server is and whether it is trusted, asking {@link Trust#learn} if it is not
   * known, and tells it nothing. Does nothing where there is no encryption. Blocks.
   *
   * @throws UnknownServerException if it is not known, and not to be trusted
   * @throws IdentityException if it is the wrong one
   */
  public static void meet(Endpoint endpoint, ClientOptions options) throws IOException {
    if (!Connection.isEncrypted(endpoint, options)) {
      return;
    }
    try {
      Connection.connect(endpoint, options).close();
    } catch (UnknownServerException e) {
      if (!options.trust().learn(endpoint, e.identity())) {
        throw e;
      }
    }
  }

  /** Where it is connected to. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Whether nothing has ended the connection yet, as far as this side knows. */
  public boolean isOpen() {
    return connection.isOpen();
  }

  /** What the server lets this side do; null before the first reply. */
  public Role role() {
    return connection.role();
  }

  /** Names the latest request in the logs of both ends (spec 5.2); null before the greeting. */
  public String lastRequest() {
    return connection.lastRequest();
  }

  /**
   * Cancels what another thread is doing with this client, if anything. A job ends in order and the
   * connection survives; anything else is cut off, and so is a job at the second call.
   */
  public void cancel() {
    connection.cancel();
  }

  @Override
  public void close() {
    connection.close();
  }

  // ---- requests

  /** How a listing ended: so many items, and so many names that could not be shown. */
  public record Listed(long items, long unreadable) {}

  /** Gets the items of a listing. */
  @FunctionalInterface
  public interface Listener {
    /**
     * An item has come.
     *
     * @throws IOException to end the listing, and with it the connection
     */
    void item(RemoteFile file) throws IOException;
  }

  /**
   * Lists a folder, a file, or what a pattern matches (spec 6.1).
   *
   * @param listener gets each item as it arrives, in no order, a folder before its content
   */
  public Listed list(ListRequest request, Listener listener) throws IOException {
    RemotePath path = request.path();
    connection.begin();
    try {
      connection.send(
          new Frame.ListFolder(
              request.recursive(), request.hidden(), path.pattern(), path.components()));
      return listed(new AskedItems(request), listener);
    } finally {
      connection.end();
    }
  }

  private Listed listed(AskedItems asked, Listener listener) throws IOException {
    long items = 0;
    long leftOut = 0;
    while (true) {
      switch (connection.receive()) {
        case Frame.Items some -> {
          for (Frame.Item item : some.items()) {
            if (item.path().isEmpty()) {
              throw Broken.rule(connection, "an item without a path (spec 6.1)");
            }
            items++;
            RemoteFile file = listed(asked, item);
            if (file == null) {
              leftOut++;
            } else {
              tell(listener, file);
            }
          }
        }
        case Frame.ListEnd end -> {
          if (end.items() != items) {
            throw Broken.rule(
                connection,
                "LIST-END counts %d items, %d came (spec 6.1)".formatted(end.items(), items));
          }
          return new Listed(items - leftOut, Counts.sum(end.unreadable(), leftOut));
        }
        case Frame other -> throw Broken.answer(connection, other);
      }
    }
  }

  /** If the listener has heard enough, the rest of the listing is cut off. */
  private void tell(Listener listener, RemoteFile file) throws IOException {
    try {
      listener.item(file);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** The item, or null if its name is not allowed: then it is left out (spec 4.1). */
  private RemoteFile listed(AskedItems asked, Frame.Item item) throws IOException {
    TreePath path;
    try {
      path = asked.checked(item.path());
    } catch (BadNameException _) {
      return null;
    }
    if (!asked.hold(item.path())) {
      throw Broken.rule(connection, "an item that was not asked for (spec 6.1)");
    }
    return RemoteFile.of(path, item.attributes(), item.error());
  }

  /** What stands at a path; a link is described itself. */
  public RemoteFile stat(TreePath path) throws IOException {
    return switch (ask(new Frame.Stat(path.components()))) {
      case Frame.Attributes reply -> RemoteFile.of(path, reply.attributes(), 0);
      case Frame other -> throw Broken.answer(connection, other);
    };
  }

  /**
   * Makes a folder.
   *
   * @param parents whether missing parents are made too, and an existing folder is no error
   * @return how many were made
   */
  public long makeFolder(TreePath path, boolean parents) throws IOException {
    return count(new Frame.MakeFolder(parents, path.components()));
  }

  /** Removes a file, or with {@code recursive} a folder with all it holds; returns how many. */
  public long remove(TreePath path, boolean recursive) throws IOException {
    return count(new Frame.Remove(recursive, path.components()));
  }

  /** Moves a file or folder; an existing target is refused. */
  public void rename(TreePath from, TreePath to) throws IOException {
    count(new Frame.Rename(from.components(), to.components()));
  }

  /** The size of a file in bytes, and the SHA-256 of its content in hexadecimal digits. */
  public record Checksum(long size, String sha256) {}

  /** Has the server read a file and sum it up. */
  public Checksum checksum(TreePath path) throws IOException {
    return switch (ask(new Frame.Checksum(path.components()))) {
      case Frame.Sum sum ->
          new Checksum(sum.size(), HexFormat.of().formatHex(sum.sha256().toArray()));
      case Frame other -> throw Broken.answer(connection, other);
    };
  }

  /** How long the server takes to answer. */
  public Duration ping() throws IOException {
    long start = System.nanoTime();
    count(new Frame.Ping());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  // ---- jobs

  /**
   * Brings files and folders here.
   *
   * @return how it ended; what failed was told to the listener, and is no exception
   */
  public JobReport get(GetRequest request, JobListener listener) throws IOException {
    GetTarget target = GetTarget.find(request);
    try (Download download = Download.prepare(request, target, listener)) {
      return download.run(this);
    }
  }

  /** Brings files and folders there; see {@link #get}. */
  public JobReport put(PutRequest request, JobListener listener) throws IOException {
    try (Upload upload = Upload.prepare(request, listener)) {
      return upload.run(this);
    }
  }

  /**
   * Passes the content of a file on, chunk by chunk, each verified before.
   *
   * @param out stays open
   * @param rate bytes per second; 0: as fast as it goes
   * @return how many bytes
   */
  public long cat(TreePath path, WritableByteChannel out, long rate) throws IOException {
    connection.begin();
    try {
      connection.send(
          new Frame.Get(
              Frame.Mode.ALL,
              false,
              true,
              List.of(new Frame.SourcePath(false, path.components()))));
      CatJob job = new CatJob(connection.link(), out, path.name(), new Pace(rate));
      connection.run(job);
      return job.bytes();
    } finally {
      connection.end();
    }
  }

  /** For the jobs of this package. */
  Connection connection() {
    return connection;
  }

  // ---- parts

  private long count(Frame.Request request) throws IOException {
    return switch (ask(request)) {
      case Frame.Ok ok -> ok.count();
      case Frame other -> throw Broken.answer(connection, other);
    };
  }

  private Frame ask(Frame.Request request) throws IOException {
    connection.begin();
    try {
      connection.send(request);
      return connection.receive();
    } finally {
      connection.end();
    }
  }
}

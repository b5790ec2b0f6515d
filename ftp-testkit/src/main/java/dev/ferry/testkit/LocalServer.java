package dev.ferry.testkit;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.Trust;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import dev.ferry.server.ServerBuilder;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.Identity;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The real server over a temporary folder, on a free port of 127.0.0.1. Safe for use by many
 * threads but for {@link #restart} and {@link #close}.
 */
public final class LocalServer implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Path root;
  private final UnaryOperator<ServerBuilder> settings;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Identity identity = Identity.generate();
  private FerryServer server;

  private LocalServer(Path root, UnaryOperator<ServerBuilder> settings) {
    this.root = root;
    this.settings = settings;
  }

  /** One that anonymous clients may write to. The caller closes it. */
  public static LocalServer start() throws IOException {
    return start(UnaryOperator.identity());
  }

  /**
   * Starts one.
   *
   * @param settings changes what it would be otherwise: open for writing, without waiting for the
   *     disk, closed within 2 s
   * @return the server, which the caller closes
   */
  public static LocalServer start(UnaryOperator<ServerBuilder> settings) throws IOException {
    LocalServer local = new LocalServer(Files.createTempDirectory("ferry-"), settings);
    local.listen(new Endpoint.Tcp("127.0.0.1", 0));
    return local;
  }

  private void listen(Endpoint endpoint) throws IOException {
    ServerBuilder builder =
        FerryServer.serving(root)
            .listen(endpoint)
            .plaintext(true)
            .identity(identity)
            .anonymous(Role.WRITER)
            .durability(Durability.NONE)
            .drain(DRAIN)
            .log(log::add);
    server = settings.apply(builder).start();
  }

  /** The folder that it serves. It is deleted with all it holds when the server is closed. */
  public Path root() {
    return root;
  }

  /** Where clients connect. */
  public Endpoint endpoint() {
    return server.endpoint();
  }

  /** Where clients connect, as people write it: {@code ferry://127.0.0.1:40312}. */
  public String url() {
    return "ferry://" + endpoint();
  }

  /** How to connect: with encryption and this server's key, or without if it has none. */
  public ClientOptions options() {
    return server.fingerprint() == null
        ? ClientOptions.withoutEncryption()
        : ClientOptions.encrypted(Trust.only(server.fingerprint()));
  }

  /** What {@code --fingerprint} takes; null if it is not encrypted. Restarts do not change it. */
  public KeyFingerprint fingerprint() {
    return server.fingerprint();
  }

  /** The server itself. */
  public FerryServer server() {
    return server;
  }

  /** What it has logged so far, over all restarts. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** Stops the server and starts it again at the same place, over the same folder. */
  public void restart() throws IOException {
    Endpoint endpoint = endpoint();
    server.close();
    listen(endpoint);
  }

  /** Stops the server and deletes its folder. */
  @Override
  public void close() throws IOException {
    server.close();
    Files.walkFileTree(root, new Deletion());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}

package dev.ferry.client.cli;

import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A real server over a folder of the test. */
final class Served implements AutoCloseable {
  private final Path root;
  private final FerryServer server;
  private final List<String> log;

  private Served(Path root, FerryServer server, List<String> log) {
    this.root = root;
    this.server = server;
    this.log = log;
  }

  /** Serves a folder, made if missing, to everybody. */
  static Served at(Path root) throws IOException {
    return at(root, Role.WRITER);
  }

  static Served at(Path root, Role role) throws IOException {
    Files.createDirectories(root);
    List<String> log = new CopyOnWriteArrayList<>();
    FerryServer server =
        FerryServer.serving(root)
            .anonymous(role)
            .plaintext(true)
            .drain(Duration.ZERO)
            .log(log::add)
            .start();
    return new Served(root, server, log);
  }

  /** Waits until the server's log has a line that matches. */
  void awaitLog(String regex) {
    await().until(() -> log.stream().anyMatch(line -> line.matches(regex)));
  }

  /** The URL of a path, which begins with a slash. */
  String url(String path) {
    return "ferry://127.0.0.1:" + server.port() + path;
  }

  int port() {
    return server.port();
  }

  Path path(String name) {
    return root.resolve(name);
  }

  Path write(String name, String content) throws IOException {
    Files.createDirectories(path(name).getParent());
    return Files.writeString(path(name), content);
  }

  /** Whether nothing of an unfinished transfer lies anywhere below a folder. */
  static boolean isClean(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.noneMatch(
          file -> file.getParent() != null && file.getParent().endsWith(".ferry-staging"));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

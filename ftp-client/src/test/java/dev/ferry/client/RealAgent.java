package dev.ferry.client;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH's ssh-agent, which ends with the test. */
public final class RealAgent implements AutoCloseable {
  private final Process process;
  private final Path socket;

  private RealAgent(Process process, Path socket) {
    this.process = process;
    this.socket = socket;
  }

  public static RealAgent start(Path folder) throws IOException {
    Path socket = folder.resolve("agent");
    Process process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().until(() -> Files.exists(socket));
    return new RealAgent(process, socket);
  }

  public Path socket() {
    return socket;
  }

  /** Gives it a key that needs no passphrase. */
  public void add(Path key) throws IOException {
    OpenSsh.run(List.of("SSH_AUTH_SOCK=" + socket), "ssh-add", "-q", key.toString());
  }

  public void remove(Path key) throws IOException {
    OpenSsh.run(List.of("SSH_AUTH_SOCK=" + socket), "ssh-add", "-q", "-d", key.toString());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

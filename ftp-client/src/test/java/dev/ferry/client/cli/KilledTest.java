package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both sides are killed at random moments, and the same command is run again until it is done. The
 * sizes can be raised, see CONTRIBUTING.md.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class KilledTest {
  private static final int KILLS = Integer.getInteger("ferry.kills", 4);
  private static final long FILE_BYTES = Integer.getInteger("ferry.kills.mib", 200) * 1024L * 1024L;
  private static final int FILES = Integer.getInteger("ferry.kills.files", 3000);
  private static final int SMALL = 4 << 10;

  /** One chunk, and what may be in the buffers of two connections and both processes. */
  private static final long LOST_PER_KILL = 10 << 20;

  /** Of an ENTRY and what answers it, in bytes: every run announces all files. */
  private static final int ANNOUNCED = 160;

  @TempDir private Path folder;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<Process> clients = new ArrayList<>();
  private Path served;
  private Path local;
  private Relay relay;
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    served = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    relay = new Relay();
    startServer();
  }

  private void startServer() throws IOException {
    server = ServerProcess.start(served, folder.resolve("log"), List.of());
    relay.to(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    server.close();
    clients.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "get"})
  void ofALargeFileLittleIsSentTwice(String verb) throws Exception {
    Path from = (verb.equals("put") ? local : served).resolve("large");
    Path to = (verb.equals("put") ? served : local).resolve("large");
    try (OutputStream out = Files.newOutputStream(from)) {
      byte[] some = new byte[1 << 20];
      for (long left = FILE_BYTES; left > 0; left -= some.length) {
        random.nextBytes(some);
        out.write(some, 0, (int) Math.min(left, some.length));
      }
    }
    String[] put = {"put", "--plaintext", "large", relay.url("/")};
    String[] get = {"get", "--plaintext", relay.url("/large")};

    runAndKill(verb.equals("put") ? put : get, FILE_BYTES, relay::passed);

    assertThat(Files.mismatch(from, to)).isEqualTo(-1);
    System.out.printf(
        "%s of %,d bytes, %d kills: %,d bytes on the wire%n",
        verb, FILE_BYTES, KILLS, relay.passed());
    assertThat(relay.passed())
        .as("seed %d", seed)
        .isLessThan(FILE_BYTES + FILE_BYTES / 100 + KILLS * LOST_PER_KILL);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "get"})
  void ofATreeOnlyWhatWasNotAcknowledgedIsSentTwice(String verb) throws Exception {
    Path from = (verb.equals("put") ? local : served).resolve("tree");
    Path to = (verb.equals("put") ? served : local).resolve("tree");
    byte[] some = new byte[SMALL];
    for (int i = 0; i < FILES; i++) {
      Path file = from.resolve("folder " + i % 20).resolve("file " + i);
      Files.createDirectories(file.getParent());
      random.nextBytes(some);
      Files.write(file, some);
    }
    String[] put = {"put", "-r", "--plaintext", "tree", relay.url("/")};
    String[] get = {"get", "-r", "--plaintext", relay.url("/tree")};
    long size = (long) FILES * SMALL;

    long again = runAndKill(verb.equals("put") ? put : get, size, () -> bytesIn(to));

    assertThat(Processes.run(folder, "diff", "-r", from.toString(), to.toString())).isZero();
    System.out.printf(
        "%s of %d files, %,d bytes, %d kills: %,d bytes on the wire, %,d were not published%n",
        verb, FILES, size, KILLS, relay.passed(), again);
    long announced = (KILLS + 1L) * FILES * ANNOUNCED;
    assertThat(relay.passed())
        .as("seed %d", seed)
        .isLessThan(size + size / 100 + announced + again + KILLS * LOST_PER_KILL / 10);
    assertNothingIsLeft();
  }

  /**
   * Runs the command to its end.
   *
   * @param published how many bytes of content have become files
   * @return how many went through and had not become files when a side was killed
   */
  private long runAndKill(String[] command, long size, LongSupplier published) throws IOException {
    long lost = 0;
    Process client = client(command);
    for (int kill = 0; kill < KILLS; kill++) {
      long at = size * kill / KILLS + (long) (random.nextDouble() * size / KILLS);
      while (relay.passed() - lost < at && client.isAlive()) {
        Thread.onSpinWait();
      }
      if (random.nextBoolean()) {
        server.kill();
        lost = Math.max(lost, relay.passed() - published.getAsLong());
        startServer();
      } else {
        client.destroyForcibly();
        Processes.exit(client);
        lost = Math.max(lost, relay.passed() - published.getAsLong());
      }
      if (!client.isAlive()) {
        client = client(command);
      }
    }
    while (Processes.exit(client) == ExitCode.UNREACHABLE.number()) {
      client = client(command);
    }
    assertThat(client.exitValue())
        .as("seed %d: %s", seed, Files.readString(folder.resolve("said")))
        .isZero();
    return lost;
  }

  private Process client(String[] command) throws IOException {
    Process client =
        new ProcessBuilder(Processes.command(command))
            .directory(local.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()))
            .start();
    clients.add(client);
    return client;
  }

  /** Of the files in this folder, each of which is whole. */
  private static long bytesIn(Path tree) {
    if (Files.notExists(tree)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      return SMALL * all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingIsLeft() throws IOException {
    relay.close();
    assertThat(server.terminate()).isZero();
    for (Path root : List.of(served, local)) {
      assertThat(root.resolve(".ferry-staging")).as("seed %d", seed).doesNotExist();
    }
  }
}

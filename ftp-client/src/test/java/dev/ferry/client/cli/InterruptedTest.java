package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C, and sources that change, while real processes are in the middle of a large file. */
class InterruptedTest {
  private static final int BLOCKS = 384;
  private static final int BLOCK = 1 << 20;
  private static final long SIZE = (long) BLOCKS * BLOCK;
  private static final long BEGUN = 20 << 20;

  @TempDir private Path folder;
  private Path served;
  private Path local;
  private Relay relay;
  private ServerProcess server;
  private Process client;

  @BeforeEach
  void start() throws IOException {
    served = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    server = ServerProcess.start(served, folder.resolve("log"), List.of());
    relay = new Relay();
    relay.to(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    server.close();
    if (client != null) {
      client.destroyForcibly();
    }
  }

  /**
   * Starts to bring a large file over, and waits until some of it is there. It cannot be
   * compressed: on a busy machine the way through the relay is slow enough to try that.
   */
  private Path begin(String verb) throws IOException {
    Path source = (verb.equals("put") ? local : served).resolve("large");
    byte[] block = new byte[BLOCK];
    new Random(BLOCK).nextBytes(block);
    try (OutputStream large = Files.newOutputStream(source)) {
      for (int i = 0; i < BLOCKS; i++) {
        large.write(block);
      }
    }
    client = Processes.ferry(local, command(verb));
    await().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> relay.passed() > BEGUN);
    return source;
  }

  private String[] command(String verb) {
    return verb.equals("put")
        ? new String[] {"put", "--plaintext", "--json", "large", relay.url("/")}
        : new String[] {"get", "--plaintext", "--json", relay.url("/large")};
  }

  private void signal(String name, long process) throws IOException {
    Processes.run(folder, "kill", "-" + name, Long.toString(process));
  }

  @ParameterizedTest
  @CsvSource({"get,false", "get,true", "put,false", "put,true"})
  void keepsThePartAndIsContinued(String verb, boolean stalled) throws IOException {
    Path source = begin(verb);
    if (stalled) {
      signal("STOP", server.pid());
    }
    long start = System.nanoTime();
    signal("INT", client.pid());
    assertThat(Processes.exit(client)).isEqualTo(130);
    // It promises 2 s; a busy machine may need longer to let it.
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3000);
    assertThat(client.errorReader().lines())
        .singleElement()
        .asString()
        .contains("run the same command again to continue");
    if (stalled) {
      signal("CONT", server.pid());
    }
    Path target = (verb.equals("put") ? served : local).resolve("large");
    assertThat(target).doesNotExist();

    long before = relay.passed();
    Process again = Processes.ferry(local, command(verb));
    assertThat(Processes.exit(again)).isZero();
    assertThat(relay.passed() - before).isLessThan(SIZE - BEGUN / 4);
    assertThat(Files.mismatch(source, target)).isEqualTo(-1);
    relay.close();
    server.terminate();
    assertThat(target.resolveSibling(".ferry-staging")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "put"})
  void leavesAtOnceWhenInterruptedTwice(String verb) throws IOException {
    begin(verb);
    signal("STOP", server.pid());
    while (client.isAlive()) {
      signal("INT", client.pid());
    }
    assertThat(client.exitValue()).isEqualTo(130);
    signal("CONT", server.pid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "put"})
  void readsASourceAgainThatChangedMeanwhile(String verb) throws IOException {
    Path source = begin(verb);
    try (RandomAccessFile large = new RandomAccessFile(source.toFile(), "rw")) {
      large.seek(SIZE / 2);
      large.write(7);
    }
    assertThat(Processes.exit(client)).isEqualTo(ExitCode.OK.number());
    assertThat(client.errorReader().lines())
        .anySatisfy(line -> assertThat(line).contains("changed while it was read; try 1 of 3"));
    assertThat((verb.equals("put") ? served : local).resolve("large"))
        .hasSameBinaryContentAs(source);
  }

  @Test
  void aSourceThatVanishesFailsAlone() throws IOException {
    Path source = begin("put");
    Files.delete(source);
    // What was read to its end by then is whole; else it is looked for again.
    assertThat(Processes.exit(client)).isIn(0, ExitCode.LOCAL.number());
  }
}

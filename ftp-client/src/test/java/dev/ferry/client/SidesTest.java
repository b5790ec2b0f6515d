package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.LinkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs over several connections, against a real server. */
class SidesTest {
  private static final int SIZE = 48 << 20;

  @TempDir Path folder;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private Path root;
  private Path local;
  private FerryServer server;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
  }

  private void serve(int connections) throws IOException {
    server =
        FerryServer.serving(root)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .maxConnections(connections)
            .log(log::add)
            .drain(Duration.ZERO)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void fill(Path file) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(SIZE).nextBytes(bytes);
    Files.write(file, bytes);
  }

  private static Rules over(int connections) {
    return new Rules(LinkPolicy.SKIP, Overwrite.NEVER, false, Durability.NONE, connections, 0);
  }

  private FerryClient client() throws IOException {
    return FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption());
  }

  private long logins() {
    return log.stream().filter(line -> line.contains("event=login")).count();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void aFileGoesUpAndComesBack(int connections) throws IOException {
    serve(100);
    fill(local.resolve("up"));
    try (FerryClient client = client()) {
      PutRequest put =
          new PutRequest(
              List.of(new LocalSource("up", local.resolve("up"), false)),
              RemotePath.of(TreePath.of("there")),
              false,
              over(connections));
      assertThat(client.put(put, JobListener.NONE).done()).isEqualTo(1);
      assertThat(root.resolve("there")).hasSameBinaryContentAs(local.resolve("up"));

      GetRequest get =
          new GetRequest(
              List.of(RemotePath.of(TreePath.of("there"))),
              local.resolve("back"),
              false,
              false,
              over(connections));
      assertThat(client.get(get, JobListener.NONE).done()).isEqualTo(1);
      assertThat(local.resolve("back")).hasSameBinaryContentAs(local.resolve("up"));
      assertThat(client.ping()).isPositive();
    }
    assertThat(logins()).isBetween(1L, 1L + 2L * Math.max(0, connections - 1));
    if (connections > 1) {
      assertThat(logins()).isGreaterThan(2);
    }
  }

  @Test
  void aServerWithoutRoomForMoreIsNoHindrance() throws IOException {
    serve(1);
    fill(root.resolve("there"));
    try (FerryClient client = client()) {
      GetRequest get =
          new GetRequest(
              List.of(RemotePath.of(TreePath.of("there"))),
              local.resolve("back"),
              false,
              false,
              over(8));
      assertThat(client.get(get, JobListener.NONE).done()).isEqualTo(1);
    }
    assertThat(local.resolve("back")).hasSameBinaryContentAs(root.resolve("there"));
    assertThat(logins()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "19, 1", "20, 3", "25, 4", "50, 8", "100, 16", "2000, 16"})
  void theFurtherTheMore(int millis, int connections) throws IOException {
    serve(1);
    assertThat(Sides.forRoundTrip(Duration.ofMillis(millis))).isEqualTo(connections);
  }
}

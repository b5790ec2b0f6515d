package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are written to while they are read. */
class ChangedSourceTest {
  private static final int SIZE = 24 << 20;

  @TempDir Path folder;
  private Path root;
  private Path local;
  private FerryServer server;
  private final List<Integer> retries = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    root = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    server =
        FerryServer.serving(root)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .drain(Duration.ZERO)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Remote remote(Meddler meddler) {
    return new Remote(
        server.endpoint(),
        ClientOptions.withoutEncryption(),
        new Remote.Retries(
            () -> 0,
            (attempt, _, _, why) -> {
              retries.add(attempt);
              reasons.add(why.getMessage());
              meddler.begin();
            }));
  }

  private static void write(Path file, long seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rewrites a file once in each of the first tries, when some of it has moved. */
  private static final class Meddler implements JobListener {
    private final Path file;
    private final List<ItemResult> items = new ArrayList<>();
    private int times;
    private long moved;
    private boolean meddled;

    Meddler(Path file, int times) {
      this.file = file;
      this.times = times;
    }

    @Override
    public synchronized void moved(long bytes) {
      moved += bytes;
      if (times > 0 && moved > SIZE / 4 && !meddled) {
        meddled = true;
        times--;
        write(file, times);
      }
    }

    synchronized void begin() {
      moved = 0;
      meddled = false;
    }

    @Override
    public synchronized void ended(ItemResult item) {
      items.add(item);
    }
  }

  private PutRequest put() throws IOException {
    return new PutRequest(
        List.of(new LocalSource("tree", local.resolve("tree"), false)),
        RemotePath.of(TreePath.of("up")),
        true,
        Rules.STANDARD);
  }

  @Test
  void isTriedAgainUntilItKeepsStill() throws IOException {
    Files.createDirectory(local.resolve("tree"));
    Files.writeString(local.resolve("tree/quiet"), "quiet");
    Path busy = local.resolve("tree/busy");
    write(busy, 100);
    Meddler meddler = new Meddler(busy, 2);
    try (Remote remote = remote(meddler)) {
      JobReport report = remote.put(put(), meddler);
      assertThat(report.failed()).isZero();
      assertThat(report.done()).isEqualTo(3);
    }
    assertThat(retries).containsExactly(1, 2);
    assertThat(reasons).containsOnly("the source changed while it was read");
    assertThat(root.resolve("up/busy")).hasSameBinaryContentAs(busy);
    assertThat(meddler.items).extracting(ItemResult::path).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void isReportedAfterThreeMoreTries() throws IOException {
    Files.createDirectory(local.resolve("tree"));
    Path busy = local.resolve("tree/busy");
    write(busy, 100);
    Meddler meddler = new Meddler(busy, Integer.MAX_VALUE);
    try (Remote remote = remote(meddler)) {
      JobReport report = remote.put(put(), meddler);
      assertThat(report.failed()).isEqualTo(1);
    }
    assertThat(retries).containsExactly(1, 2, 3);
    assertThat(root.resolve("up/busy")).doesNotExist();
    assertThat(meddler.items.getLast().problem().reason().is(ErrorCode.SOURCE_CHANGED)).isTrue();
    assertThat(meddler.items).extracting(ItemResult::path).doesNotHaveDuplicates();
  }

  @Test
  void ofTheServerIsTriedAgainAsWell() throws IOException {
    Path busy = root.resolve("busy");
    write(busy, 100);
    Meddler meddler = new Meddler(busy, 1);
    GetRequest get =
        new GetRequest(
            List.of(RemotePath.of(TreePath.of("busy"))),
            local.resolve("back"),
            false,
            false,
            Rules.STANDARD);
    try (Remote remote = remote(meddler)) {
      assertThat(remote.get(get, meddler).done()).isEqualTo(1);
    }
    assertThat(retries).containsExactly(1);
    assertThat(local.resolve("back")).hasSameBinaryContentAs(busy);
  }
}

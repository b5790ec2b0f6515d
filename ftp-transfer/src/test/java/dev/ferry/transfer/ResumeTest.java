package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.ConnectionLostException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that is cut off, and another one that continues what it left. */
class ResumeTest {
  private static final int SIZE = 20 << 20;
  private static final int CHUNK = Chunks.SMALLEST;

  @TempDir Path temp;
  Path from;
  Path to;
  Path file;

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
    file = from.resolve("large");
    fill(1);
  }

  private void fill(long seed) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    Files.write(file, bytes);
  }

  /** Cuts the connection when so much was sent. */
  private void interrupt(Mode mode, long after) throws Exception {
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      AtomicLong moved = new AtomicLong();
      job.onMoved =
          bytes -> {
            if (moved.addAndGet(bytes) > 2 * after) {
              job.senderLink.close();
            }
          };
      assertThatThrownBy(job::run).isInstanceOf(ConnectionLostException.class);
    }
    assertThat(to.resolve("large")).doesNotExist();
    assertThat(staged()).hasSize(2);
  }

  private List<Path> staged() throws IOException {
    Path staging = to.resolve(".ferry-staging");
    if (Files.notExists(staging)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(staging)) {
      return all.toList();
    }
  }

  private Path part() throws IOException {
    return staged().stream()
        .filter(path -> !path.toString().endsWith(".journal"))
        .findAny()
        .orElseThrow();
  }

  private Path journal() throws IOException {
    return part().resolveSibling(part().getFileName() + ".journal");
  }

  /** Runs the job to its end; returns how many bytes were sent. */
  private long finish() throws Exception {
    try (Job job = new Job(from, to)) {
      JobSummary summary = job.run().received();
      assertThat(summary.failed()).isZero();
      job.checkConnection();
      assertThat(to.resolve("large")).hasSameBinaryContentAs(file);
      return summary.bytes();
    } finally {
      assertThat(staged()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void onlyWhatIsMissingIsSent(Mode mode) throws Exception {
    interrupt(mode, SIZE / 2);
    long present = Files.size(part());
    assertThat(present).isGreaterThan(SIZE / 4);
    assertThat(finish()).isBetween(SIZE - present, SIZE - present + CHUNK);
  }

  @Test
  void aPartThatIsWholeIsNotSentAgain() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    long present = Files.size(part());
    interrupt(Mode.ASK, (SIZE - present) / 2);
    long more = Files.size(part());
    assertThat(more).isGreaterThan(present);
    assertThat(finish()).isBetween(SIZE - more, SIZE - more + CHUNK);
  }

  @Test
  void aDamagedChunkIsSentAgain() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    long present = Files.size(part());
    try (RandomAccessFile damaged = new RandomAccessFile(part().toFile(), "rw")) {
      damaged.seek(3L * CHUNK + 17);
      int there = damaged.read();
      damaged.seek(3L * CHUNK + 17);
      damaged.write(there ^ 1);
    }
    assertThat(finish()).isBetween(SIZE - present + CHUNK, SIZE - present + 2L * CHUNK);
  }

  @Test
  void aJournalWithoutSenseIsWorthNothing() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    byte[] journal = Files.readAllBytes(journal());
    new Random(7).nextBytes(journal);
    Files.write(journal(), journal);
    assertThat(finish()).isEqualTo(SIZE);
  }

  @Test
  void recordsThatLieAreFoundOut() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    byte[] journal = Files.readAllBytes(journal());
    for (int i = 64; i < journal.length; i++) {
      journal[i] ^= 0x55;
    }
    Files.write(journal(), journal);
    assertThat(finish()).isEqualTo(SIZE);
  }

  @Test
  void aPartThatWasCutOffIsFilledUp() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    try (RandomAccessFile cut = new RandomAccessFile(part().toFile(), "rw")) {
      cut.setLength(5L * CHUNK + 1000);
    }
    assertThat(finish()).isEqualTo(SIZE - 5L * CHUNK);
  }

  @Test
  void aChangedSourceIsSentAnew() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    fill(2);
    assertThat(finish()).isEqualTo(SIZE);
  }

  @Test
  void aSourceThatWasChangedInSecretIsFoundOut() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    // The part claims to be of the source as it is now, but its first half is of another one.
    byte[] journal = Files.readAllBytes(journal());
    fill(2);
    try (Job job = new Job(from, to)) {
      AtomicLong moved = new AtomicLong();
      job.onReceived =
          bytes -> {
            if (moved.addAndGet(bytes) > 4 * CHUNK) {
              job.senderLink.close();
            }
          };
      assertThatThrownBy(job::run).isInstanceOf(ConnectionLostException.class);
    }
    byte[] now = Files.readAllBytes(journal());
    System.arraycopy(now, 0, journal, 0, 64);
    Files.write(journal(), journal);
    byte[] old = new byte[SIZE];
    new Random(1).nextBytes(old);
    Files.write(part(), old);
    assertThat(finish()).isGreaterThan(SIZE);
  }

  @Test
  void aLaterJobTakesThePartOver() throws Exception {
    CountDownLatch halted = new CountDownLatch(1);
    CountDownLatch later = new CountDownLatch(1);
    AtomicLong moved = new AtomicLong();
    try (Job first = new Job(from, to)) {
      first.onReceived =
          bytes -> {
            if (moved.addAndGet(bytes) > SIZE / 2) {
              halted.countDown();
              await(later);
            }
          };
      Future<Job.Outcome> outcome = first.workers.submit(() -> first.run());
      await(halted);
      try (Job second = new Job(from, first)) {
        assertThat(second.run().received().bytes()).isLessThan(SIZE * 3 / 4);
      }
      assertThat(to.resolve("large")).hasSameBinaryContentAs(file);
      later.countDown();
      assertThat(outcome.get().received().failed()).isEqualTo(1);
      assertThat(first.received.getLast().reason().text()).contains("has taken this one over");
    }
    assertThat(to.resolve("large")).hasSameBinaryContentAs(file);
    assertThat(staged()).isEmpty();
  }

  @Test
  void whatIsTooMuchInAPartIsCutOff() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    long present = Files.size(part());
    try (RandomAccessFile longer = new RandomAccessFile(part().toFile(), "rw")) {
      longer.setLength(SIZE + 3L * CHUNK);
    }
    assertThat(finish()).isBetween(SIZE - present, SIZE - present + CHUNK);
  }

  @Test
  void aJournalOfEndlessLengthIsWorthNothing() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    try (RandomAccessFile longer = new RandomAccessFile(journal().toFile(), "rw")) {
      longer.setLength(1L << 40);
    }
    assertThat(finish()).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 83})
  void ofAJournalThatWasCutOffTheWholeRecordsCount(int length) throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    try (RandomAccessFile cut = new RandomAccessFile(journal().toFile(), "rw")) {
      cut.setLength(length);
    }
    assertThat(finish()).isEqualTo(SIZE);
  }

  /** What may stand in the place of a part or its journal. */
  enum Obstacle {
    FOLDER,
    FULL_FOLDER,
    LINK,
    PIPE;

    void replace(Path file, Path outside) throws Exception {
      Files.delete(file);
      switch (this) {
        case FOLDER -> Files.createDirectory(file);
        case FULL_FOLDER -> Files.createDirectories(file.resolve("in it"));
        case LINK -> Files.createSymbolicLink(file, outside);
        case PIPE -> new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Obstacle.class)
  void whatStandsInTheWayOfAPartDoesNotStopTheFile(Obstacle obstacle) throws Exception {
    Path outside = Files.writeString(temp.resolve("outside"), "precious");
    for (boolean journal : new boolean[] {true, false}) {
      interrupt(Mode.ASK, SIZE / 2);
      obstacle.replace(journal ? journal() : part(), outside);
      try (Job job = new Job(from, to)) {
        assertThat(job.run().received().failed()).isZero();
      }
      assertThat(to.resolve("large")).hasSameBinaryContentAs(file);
      assertThat(outside).hasContent("precious");
      for (Path left : staged()) {
        if (obstacle == Obstacle.FULL_FOLDER && Files.isDirectory(left)) {
          Files.delete(left.resolve("in it"));
        }
        Files.delete(left);
      }
      Files.delete(to.resolve("large"));
    }
  }

  @Test
  void whatIsLeftOfAFileThatCameInAnotherWayIsDeleted() throws Exception {
    interrupt(Mode.ASK, SIZE / 2);
    Files.copy(file, to.resolve("large"), StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(finish()).isZero();
  }

  @Test
  void theSameFileTwiceInOneJobFailsNowhere() throws Exception {
    TreePath name = TreePath.of("large");
    try (Job job = new Job(from, to)) {
      JobSummary received =
          job.run(
                  List.of(
                      new Argument.Found(0, job.source, name, List.of("large")),
                      new Argument.Found(1, job.source, name, List.of("large"))),
                  Placement.into(
                      TreePath.ROOT,
                      List.of(
                          new Placement.Expected.Name("large"),
                          new Placement.Expected.Name("large"))))
              .received();
      assertThat(received.failed()).isZero();
      assertThat(received.done()).isEqualTo(1);
    }
    assertThat(to.resolve("large")).hasSameBinaryContentAs(file);
    assertThat(staged()).isEmpty();
  }

  @Test
  void aStagingFolderThatIsRemovedFailsOnlyWhatWasInIt() throws Exception {
    AtomicLong moved = new AtomicLong();
    try (Job job = new Job(from, to)) {
      job.onReceived =
          bytes -> {
            if (moved.getAndAdd(bytes) < SIZE / 2 && moved.get() >= SIZE / 2) {
              removeStaging();
            }
          };
      assertThat(job.run().received().failed()).isEqualTo(1);
      assertThat(job.received.getLast().reason().text()).contains("removed");
      job.checkConnection();
    }
    assertThat(to.resolve("large")).doesNotExist();
    assertThat(finish()).isEqualTo(SIZE);
  }

  private void removeStaging() {
    try {
      for (Path each : staged()) {
        Files.delete(each);
      }
      Files.delete(to.resolve(".ferry-staging"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAbortLeavesThePart() throws Exception {
    try (Job job = new Job(from, to)) {
      AtomicLong moved = new AtomicLong();
      job.onMoved =
          bytes -> {
            if (moved.addAndGet(bytes) > SIZE) {
              job.sender.cancel(new Reason(ErrorCode.CANCELLED, "stopped by the test"));
            }
          };
      assertThat(job.run().received().failed()).isEqualTo(1);
      job.checkConnection();
    }
    long present = Files.size(part());
    assertThat(finish()).isBetween(SIZE - present, SIZE - present + CHUNK);
  }
}

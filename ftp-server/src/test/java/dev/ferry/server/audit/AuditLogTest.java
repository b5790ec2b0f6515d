package dev.ferry.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.server.account.FileGuard;
import dev.ferry.server.account.StateFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a running server: order, many threads, and a disk that cannot. */
class AuditLogTest {
  @TempDir Path temp;
  private final List<String> health = new CopyOnWriteArrayList<>();

  private final AuditLog.Health told =
      new AuditLog.Health() {
        @Override
        public void isDamaged(String how) {
          throw new AssertionError(how);
        }

        @Override
        public void fails(Throwable why) {
          health.add("fails: " + why.getMessage());
        }

        @Override
        public void works() {
          health.add("works");
        }

        @Override
        public void lost(int events) {
          health.add("lost " + events);
        }
      };

  private StateFolder state() throws IOException {
    return StateFolder.open(temp.resolve("state"));
  }

  private AuditLog open() throws IOException {
    return AuditLog.open(state(), AuditEvent.of("start"), told);
  }

  /** Keeps the log from being written: where its next file should be there is a folder. */
  private Path obstruct() throws IOException {
    Path audit = state().path().resolve("audit");
    Files.move(audit, audit.resolveSibling("away"));
    return Files.writeString(audit, "");
  }

  private void clear() throws IOException {
    Path audit = state().path().resolve("audit");
    Files.delete(audit);
    Files.move(audit.resolveSibling("away"), audit);
  }

  @Test
  void allThreadsEventsAreThereOnce() throws Exception {
    try (AuditLog log = open()) {
      List<Thread> threads =
          IntStream.range(0, 8)
              .mapToObj(
                  t ->
                      Thread.startVirtualThread(
                          () -> {
                            for (int i = 0; i < 2500; i++) {
                              log.add(AuditEvent.of("t").with("n", t * 10_000L + i));
                            }
                          }))
              .toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(AuditReader.verify(state(), null).events()).isEqualTo(20_001);
    try (var lines = Files.lines(state().path().resolve("audit/000000000000000001.jsonl"))) {
      assertThat(lines.filter(line -> line.contains("\"n\":")).map(AuditLogTest::number))
          .hasSize(20_000)
          .doesNotHaveDuplicates();
    }
    assertThat(health).isEmpty();
  }

  private static String number(String line) {
    return line.replaceFirst(".*\"n\":([0-9]+).*", "$1");
  }

  @Test
  void eventIsWrittenWithoutBeingAskedForAndTheHeadFollows() throws IOException {
    try (AuditLog log = open()) {
      log.add(AuditEvent.of("soon"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.readString(state().path().resolve("audit.head")).contains("2:"));
      assertThat(AuditReader.verify(state(), null).events()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsLostWhileItCannotBeWrittenAndWhoeverAddsWaits() throws Exception {
    try (AuditLog log = open()) {
      obstruct();
      CountDownLatch done = new CountDownLatch(1);
      Thread.startVirtualThread(
          () -> {
            IntStream.range(0, AuditLog.ROOM + 100).forEach(_ -> log.add(AuditEvent.of("e")));
            done.countDown();
          });
      await().atMost(Duration.ofSeconds(30)).until(log::isFailing);
      assertThat(done.getCount()).isOne();
      clear();
      done.await();
      await().atMost(Duration.ofSeconds(30)).until(() -> !log.isFailing());
    }
    assertThat(AuditReader.verify(state(), null).events()).isEqualTo(AuditLog.ROOM + 101);
    assertThat(health).hasSize(2).last().isEqualTo("works");
  }

  @Test
  void endOfTheServerIsNotHeldUp() throws Exception {
    try (AuditLog log = open()) {
      obstruct();
      log.add(AuditEvent.of("e"));
      await().atMost(Duration.ofSeconds(30)).until(log::isFailing);
      log.hurry();
      IntStream.range(0, AuditLog.ROOM).forEach(_ -> log.add(AuditEvent.of("e")));
    }
    assertThat(health).last().isEqualTo("lost " + (AuditLog.ROOM + 1));
    clear();
  }

  @Test
  void whatCannotBeWrittenAtAllIsSaidAtTheStart() throws IOException {
    Files.writeString(state().path().resolve("audit"), "");
    assertThatThrownBy(this::open).isInstanceOf(FileSystemException.class);
  }

  @Test
  void strangersCannotFillTheDisk() throws IOException {
    try (AuditLog log = open()) {
      for (int i = 0; i < 50_000; i++) {
        log.addOfStranger(AuditEvent.of("login-refused"));
      }
    }
    long events = AuditReader.verify(state(), null).events();
    assertThat(events).isBetween(Allowance.MOST + 2L, Allowance.MOST + 1000L);
    List<String> lines =
        Files.readAllLines(state().path().resolve("audit/000000000000000001.jsonl"));
    long refused = lines.stream().filter(line -> line.contains("login-refused")).count();
    long counted =
        lines.stream()
            .filter(line -> line.contains("\"not-recorded\""))
            .mapToLong(line -> Long.parseLong(line.replaceFirst(".*\"count\":([0-9]+).*", "$1")))
            .sum();
    assertThat(refused + counted).isEqualTo(50_000);
  }

  @Test
  void waitsForAnotherProcessThatWrites() throws Exception {
    try (AuditLog log = open()) {
      FileGuard guard = FileGuard.take(state().path().resolve("audit/lock"), Duration.ofSeconds(5));
      log.add(AuditEvent.of("e"));
      guard.close();
    }
    assertThat(AuditReader.verify(state(), null).events()).isEqualTo(2);
  }
}

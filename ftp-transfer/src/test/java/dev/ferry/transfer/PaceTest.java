package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that is held back, at either end. */
class PaceTest {
  private static final int CHUNK = 256 << 10;

  @TempDir private Path temp;
  private Path from;
  private Path to;

  @BeforeEach
  void makeFolders() throws Exception {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
    Files.write(from.resolve("file"), new byte[4 * CHUNK]);
  }

  @Test
  void allThatTakeShareOneRate() throws Exception {
    Pace pace = new Pace(1_000_000);
    long start = System.nanoTime();
    List<Thread> threads =
        IntStream.range(0, 4).mapToObj(_ -> Thread.ofVirtual().start(() -> takeTen(pace))).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(since(start)).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
  }

  private static void takeTen(Pace pace) {
    for (int i = 0; i < 10; i++) {
      pace.take(10_000);
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobTakesItsTime(boolean sending) throws Exception {
    try (Job job = new Job(from, to)) {
      hold(job, sending, 2 << 20);
      long start = System.nanoTime();
      assertThat(job.run().sent().failed()).isZero();
      // Half a second in all: one chunk goes at once, and a tenth of a second may be saved up.
      assertThat(since(start)).isBetween(Duration.ofMillis(250), Duration.ofSeconds(10));
    }
    assertThat(to.resolve("file")).hasSameBinaryContentAs(from.resolve("file"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobThatWaitsEndsSoonWhenItIsCancelled(boolean sending) throws Exception {
    try (Job job = new Job(from, to)) {
      hold(job, sending, 16 << 10);
      CountDownLatch moving = new CountDownLatch(1);
      job.onMoved = _ -> moving.countDown();
      job.prepare();
      long start = System.nanoTime();
      Future<Job.Outcome> outcome = job.workers.submit(job::finish);
      moving.await();
      Reason why = new Reason(ErrorCode.CANCELLED, "enough");
      if (sending) {
        job.sender.cancel(why);
      } else {
        job.receiver.cancel(why);
      }
      assertThat(outcome.get().sent().aborted()).isNotNull();
      assertThat(since(start)).isLessThan(Duration.ofSeconds(30));
      job.checkConnection();
    }
  }

  private static void hold(Job job, boolean sending, long rate) {
    if (sending) {
      job.sendingPace = new Pace(rate);
    } else {
      job.receivingPace = new Pace(rate);
    }
  }
}

package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteNamesTest {
  private static final List<Named> NAMES = List.of(new Named("上海", true));

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final CountDownLatch late = new CountDownLatch(1);
  private volatile boolean slow;
  private volatile boolean failing;
  private volatile boolean closed;

  private final RemoteNames names =
      new RemoteNames(
          new RemoteNames.Lister() {
            @Override
            public List<Named> list(TreePath folder) throws IOException {
              asked.incrementAndGet();
              if (failing) {
                throw new IOException("no such folder");
              }
              return slow ? whenLate() : NAMES;
            }

            @Override
            public void rest() {}

            @Override
            public void close() {
              closed = true;
            }
          },
          nanos::get);

  @AfterEach
  void letGo() {
    late.countDown();
    names.close();
  }

  @Test
  void asksOnceInAWhile() {
    assertThat(names.in(TreePath.ROOT)).isEqualTo(NAMES);
    assertThat(names.in(TreePath.ROOT)).isEqualTo(NAMES);
    assertThat(asked).hasValue(1);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    assertThat(names.in(TreePath.ROOT)).isEqualTo(NAMES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksForEachFolder() throws BadNameException {
    assertThat(names.in(TreePath.ROOT)).isEqualTo(NAMES);
    assertThat(names.in(TreePath.of(List.of("上海")))).isEqualTo(NAMES);
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksAgainAfterSomethingMayHaveChanged() {
    names.in(TreePath.ROOT);
    names.forget();
    names.in(TreePath.ROOT);
    assertThat(asked).hasValue(2);
  }

  @Test
  void waitsForNoSlowServerAndHasItsAnswerLater() {
    slow = true;
    long before = System.nanoTime();
    assertThat(names.in(TreePath.ROOT)).isEmpty();
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
    late.countDown();
    await().until(() -> names.in(TreePath.ROOT).equals(NAMES));
    assertThat(asked).hasValue(1);
  }

  @Test
  void offersNothingWhereListingFailsAndAsksAgainNextTime() {
    failing = true;
    assertThat(names.in(TreePath.ROOT)).isEmpty();
    failing = false;
    assertThat(names.in(TreePath.ROOT)).isEqualTo(NAMES);
  }

  @Test
  void closesItsConnection() {
    names.close();
    assertThat(closed).isTrue();
  }

  private List<Named> whenLate() throws IOException {
    try {
      late.await();
      return NAMES;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}

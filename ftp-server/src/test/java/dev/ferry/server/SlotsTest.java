package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final Slots slots = new Slots(2);

  @Test
  void soManyAreFreeAndNoMore() throws InterruptedException {
    assertThat(slots.take(Duration.ZERO)).isTrue();
    assertThat(slots.take(Duration.ZERO)).isTrue();
    assertThat(slots.take(Duration.ofMillis(1))).isFalse();
    slots.release();
    assertThat(slots.take(Duration.ZERO)).isTrue();
    assertThat(slots.take(Duration.ZERO)).isFalse();
  }

  @Test
  void whoComesFirstIsServedFirst() throws InterruptedException {
    slots.take(LONG);
    slots.take(LONG);
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 5; i++) {
      int number = i;
      Thread thread =
          Thread.startVirtualThread(
              () -> {
                assertThat(take(LONG)).isTrue();
                served.add(number);
              });
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }
    for (int i = 1; i <= 5; i++) {
      int so = i;
      slots.release();
      await().until(() -> served.size() == so);
    }
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void whoGaveUpIsNotServed() throws InterruptedException {
    slots.take(LONG);
    slots.take(LONG);
    assertThat(slots.take(Duration.ofMillis(1))).isFalse();
    slots.release();
    assertThat(slots.take(Duration.ZERO)).isTrue();
  }

  @Test
  void closingSendsAwayWhoWaitsAndWhoComes() throws InterruptedException {
    slots.take(LONG);
    slots.take(LONG);
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> take(LONG));
    slots.close();
    assertThat(waiting.join()).isFalse();
    slots.release();
    assertThat(slots.take(LONG)).isFalse();
  }

  private boolean take(Duration limit) {
    try {
      return slots.take(limit);
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}

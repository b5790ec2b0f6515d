package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DebtsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 65_536;

  private final Debts<Integer> debts = new Debts<>(HOUR.multipliedBy(3));

  @Test
  void growsByAddingUpToItsMaximum() {
    assertThat(debts.of(1)).isZero();
    assertThat(debts.add(1, HOUR)).isEqualTo(HOUR);
    assertThat(debts.add(1, HOUR))
        .isBetween(HOUR.multipliedBy(2).minusSeconds(60), HOUR.multipliedBy(2));
    debts.add(1, HOUR.multipliedBy(100));
    assertThat(debts.of(1)).isBetween(HOUR.multipliedBy(3).minusSeconds(60), HOUR.multipliedBy(3));
    assertThat(debts.of(2)).isZero();
  }

  @Test
  void runsOutByItself() {
    debts.add(1, Duration.ofMillis(20));
    await().until(() -> debts.of(1).isZero());
    assertThat(debts.add(1, HOUR)).isEqualTo(HOUR);
  }

  @Test
  void isNotAddedBeyondTheLimit() {
    assertThat(debts.addWithin(1, HOUR, HOUR)).isTrue();
    assertThat(debts.addWithin(1, HOUR, HOUR)).isFalse();
    debts.forgive(1, HOUR);
    assertThat(debts.addWithin(1, HOUR, HOUR)).isTrue();
  }

  @Test
  void theOneThatHasNotGrownForLongestIsForgottenWhenThereAreTooMany() {
    for (int who = 0; who < MOST; who++) {
      debts.add(who, HOUR);
    }
    debts.add(0, HOUR);
    debts.add(MOST, HOUR);
    assertThat(debts.of(1)).isZero();
    assertThat(debts.of(0)).isPositive();
    assertThat(debts.of(2)).isPositive();
    assertThat(debts.of(MOST)).isPositive();
  }

  @Test
  void whatHasRunOutMakesRoom() {
    debts.add(-1, Duration.ofNanos(1));
    for (int who = 0; who < MOST; who++) {
      debts.add(who, HOUR);
    }
    assertThat(debts.of(0)).isPositive();
  }
}

package dev.ferry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenItemsTest {

  @Test
  void knowsEachItemOnceHoweverManyThereAre() {
    SeenItems seen = new SeenItems();
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(0, List.of("folder", "file" + i))).isTrue();
    }
    for (int i = 0; i < 100_000; i++) {
      assertThat(seen.add(0, List.of("folder", "file" + i))).isFalse();
    }
  }

  @Test
  void tellsArgumentsFoldersAndNamesWithOneHashCodeApart() {
    SeenItems seen = new SeenItems();

    assertThat(seen.add(0, List.of("a", "b"))).isTrue();
    assertThat(seen.add(1, List.of("a", "b"))).isTrue();
    assertThat(seen.add(0, List.of("ab"))).isTrue();
    assertThat(seen.add(0, List.of("Aa"))).isTrue();
    assertThat(seen.add(0, List.of("BB"))).isTrue();
    assertThat(seen.add(0, List.of())).isTrue();
  }
}

package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No pattern that fits into a path takes long, whatever the name. */
class GlobCostTest {
  private static final int PATTERNS = 10_000;
  private static final Duration MOST = Duration.ofMillis(10);

  /**
   * All of them together take about a second: whoever needs so long does not come to an end at all.
   */
  private static final Duration FOR_EVER = Duration.ofMinutes(1);

  private static final List<String> PARTS =
      List.of("*", "**", "a*", "*a", "?", "*?", "[a-z]*", "[!b]", "[", "[[", "\\", "\\*", "a", ".");

  private final long seed = Long.getLong("ferry.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /** What is just being matched. */
  private volatile String which;

  @Test
  void tenThousandHostilePatternsTakeLessThanTenMillisecondsEach() {
    assertTimeoutPreemptively(FOR_EVER, this::matchAll, () -> which);
  }

  private void matchAll() {
    String name = "a".repeat(TreePath.MAX_NAME_BYTES);
    for (int i = 0; i < PATTERNS; i++) {
      String pattern = pattern();
      which = "seed %d: %s".formatted(seed, pattern);
      // The time of this thread alone: others may have the processor, and may compile meanwhile.
      long before = threads.getCurrentThreadCpuTime();
      Glob.matches(pattern, name);
      Glob.matches(pattern, name + "b");
      Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
      assertThat(took).as("%s", which).isLessThan(MOST);
    }
  }

  /** As long as a name may be: the same few parts again and again are the worst. */
  private String pattern() {
    StringBuilder pattern = new StringBuilder();
    String first = PARTS.get(random.nextInt(PARTS.size()));
    while (pattern.length() < TreePath.MAX_NAME_BYTES - 8) {
      pattern.append(first);
      if (random.nextInt(3) == 0) {
        pattern.append(PARTS.get(random.nextInt(PARTS.size())));
      }
    }
    return pattern.append('b').toString();
  }
}

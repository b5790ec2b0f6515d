package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.client.cli.FerryProgram;
import dev.ferry.client.cli.FerryProgram.Outcome;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of {@code ferry} against a server that lies to them in every way it can: each ends
 * soon, with a code from the table and a line that says why, and leaves nothing anywhere but what
 * was asked for and verified.
 */
class LyingServerTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir private Path temp;
  private Path work;
  private Path target;
  private Path unread;
  private SortedMap<String, String> before;

  static Stream<Lie> all() {
    return Stream.of(
            LiesAtGreeting.all(),
            LiesAtLogin.all(),
            LiesInListings.all(),
            LiesInReplies.all(),
            LiesInGets.all(),
            LiesOfSize.all(),
            LiesInZstd.all(),
            LiesInPuts.all())
        .flatMap(lies -> lies);
  }

  @BeforeEach
  void layOut() throws IOException {
    Snapshot.plant(temp.resolve("around"));
    work = Files.createDirectory(temp.resolve("around/work"));
    Files.writeString(work.resolve("mine"), "hello");
    Files.createDirectory(work.resolve("tree"));
    Files.writeString(work.resolve("tree/leaf"), "hello");
    target = Files.createDirectory(work.resolve("got"));
    unread = Files.createDirectory(work.resolve("etc")).resolve("passwd");
    Files.writeString(unread, "precious");
    before = Snapshot.of(temp.resolve("around"));
    Files.setAttribute(unread, "lastAccessTime", LONG_AGO);
  }

  /** Where the system keeps no such times, the test of every lie says less. */
  @Test
  void whatIsReadShowsThat() throws IOException {
    Files.readString(unread);
    assumeTrue(!Files.getAttribute(unread, "lastAccessTime").equals(LONG_AGO), "noatime");
  }

  @Test
  void thereAreManyOfThem() {
    assertThat(all().map(Lie::toString).distinct().count()).isGreaterThanOrEqualTo(150);
  }

  @ParameterizedTest
  @MethodSource("all")
  void harmsNobody(Lie lie) throws IOException {
    long start = System.nanoTime();
    Outcome outcome;
    try (ScriptedPeer server = ScriptedPeer.listening(lie.script())) {
      int port = ((Endpoint.Tcp) server.endpoint()).port();
      outcome = FerryProgram.run(work, environment(lie), "", words(lie, port));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    assertThat(lie.exits()).as(lie + ": " + outcome).contains(outcome.code());
    assertSaidWell(outcome);
    assertThat(Files.getAttribute(unread, "lastAccessTime")).isEqualTo(LONG_AGO);
    assertNothingHappenedBesides(lie);
  }

  private Map<String, String> environment(Lie lie) {
    Map<String, String> environment = new HashMap<>(lie.scene().environment());
    environment.put("FERRY_CONFIG_DIR", temp.resolve("config").toString());
    return environment;
  }

  private static String[] words(Lie lie, int port) {
    return Stream.concat(
            lie.scene().command().stream()
                .map(word -> word.replaceFirst("^URL", "ferry://127.0.0.1:" + port))
                .map(word -> word.replaceFirst("^USER", "ferry://user@127.0.0.1:" + port)),
            Stream.of("--plaintext", "--retries", "0"))
        .toArray(String[]::new);
  }

  private static void assertSaidWell(Outcome outcome) {
    List<String> lines = outcome.err().lines().toList();
    assertThat(lines).allMatch(line -> line.startsWith("ferry ")).hasSizeLessThanOrEqualTo(5);
    assertThat(outcome.err()).doesNotContain("Exception", "defect in Ferry", "null");
    assertThat(outcome.out()).doesNotContain(":-");
    if (outcome.code() != 0) {
      assertThat(lines).isNotEmpty();
    }
    assertThat((outcome.out() + outcome.err()).replace("\n", "").chars())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }

  private void assertNothingHappenedBesides(Lie lie) throws IOException {
    Snapshot.unlock(target);
    SortedMap<String, String> after = Snapshot.of(temp.resolve("around"));
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.startsWith(".ferry-staging"))
          .containsExactlyInAnyOrderElementsOf(lie.leaves());
    }
    Stream.of(after, before)
        .forEach(
            all ->
                all.keySet()
                    .removeIf(name -> name.startsWith("work/got") || name.startsWith("work/etc")));
    assertThat(after).isEqualTo(before);
  }
}

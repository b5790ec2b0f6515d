package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import dev.ferry.client.cli.Proxy.Harm;
import dev.ferry.client.cli.Proxy.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostConnectionTest {
  private static final int FILES = 60;
  private static final int SIZE = 20_000;

  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 100_000, 700_000})
  void getsTheRestAfterAConnectionWasCut(long cutAfter) throws IOException {
    tree(served.path("A"));
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.CUT, 1, cutAfter))) {
      Result result =
          Program.in(local).run("get", "-r", "--plaintext", "--json", proxy.url("/A"), "B");

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.err()).contains("try 1 of 5 in 0.");
      assertThat(result.lines().getLast()).contains("\"done\":62,\"unchanged\":0,");
      assertThat(proxy.connections()).isEqualTo(2);
    }
    assertSame(served.path("A"), local.resolve("B"));
    assertThat(Served.isClean(local)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 100_000, 700_000})
  void putsTheRestAfterAConnectionWasCut(long cutAfter) throws IOException {
    tree(local.resolve("A"));
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.CUT, 1, cutAfter))) {
      Result result =
          Program.in(local).run("put", "-r", "--plaintext", "--json", "A", proxy.url("/B"));

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.err()).contains("try 1 of 5 in 0.");
      assertThat(proxy.connections()).isEqualTo(2);
    }
    assertSame(local.resolve("A"), served.path("B"));
  }

  @Test
  void goesOnWritingWhereTheConnectionWasCut() throws IOException {
    String content = "0123456789".repeat(200_000);
    served.write("large", content);
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.CUT, 2, 900_000))) {
      Result result = Program.in(local).run("cat", "--plaintext", proxy.url("/large"));

      assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
      assertThat(result.out().equals(content)).isTrue();
      assertThat(proxy.connections()).isEqualTo(3);
    }
  }

  @Test
  void givesUpAfterAllRetriesAndLeavesNothingTorn() throws IOException {
    served.write("large", "x".repeat(1 << 20));
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.CUT, 9, 300_000))) {
      Result result =
          Program.in(local).run("get", "--plaintext", "--retries", "1", proxy.url("/large"));

      assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(result.err()).contains("try 1 of 1").contains("run the same command again");
      assertThat(proxy.connections()).isEqualTo(2);
    }
    assertThat(local).isDirectoryNotContaining("glob:**/large");
    assertThat(Program.in(local).run("ls", "--plaintext", served.url("/")).lines())
        .containsExactly("large");
  }

  @Test
  void whatDidNotVerifyIsTriedAgainAndSaidToBeThat() throws IOException {
    byte[] content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    Files.write(served.path("large"), content);
    Files.write(local.resolve("up"), content);
    for (List<String> words :
        List.of(List.of("get", "/large", "down"), List.of("put", "up", "/up"))) {
      try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.FLIP, 1, 300_000))) {
        Result result =
            Program.in(local)
                .plain(
                    List.of(words.getFirst(), "--retries", "0"),
                    words.stream()
                        .skip(1)
                        .map(word -> word.startsWith("/") ? proxy.url(word) : word)
                        .toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.OK);
        assertThat(result.err()).contains(": the content did not verify; try 1 of 3 in 0.");
      }
    }
    assertThat(local.resolve("down")).hasBinaryContent(content);
    assertThat(served.path("up")).hasBinaryContent(content);
  }

  @Test
  void doesNotTryAgainIfToldSo() throws IOException {
    served.write("large", "x".repeat(1 << 20));
    Files.writeString(local.resolve("up"), "y".repeat(1 << 20));
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.CUT, 9, 300_000))) {
      String[] get = {"get", "--plaintext", "--retries=0", proxy.url("/large")};
      String[] put = {"put", "--plaintext", "--retries=0", "up", proxy.url("/up")};

      assertThat(Program.in(local).run(get).code()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(Program.in(local).run(put).code()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(proxy.connections()).isEqualTo(2);
    }
    assertThat(local.resolve("large")).doesNotExist();
    assertThat(served.path("up")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void endsInTimeWhenInterruptedAlthoughTheServerIsSilent(String signal) throws Exception {
    served.write("large", "x".repeat(1 << 20));
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.STALL, 9, 600_000))) {
      Process process = Processes.ferry(local, "get", "--plaintext", proxy.url("/large"));
      proxy.awaitHarm();
      long start = System.nanoTime();
      Processes.run(local, "kill", "-" + signal, Long.toString(process.pid()));

      assertThat(Processes.exit(process)).isEqualTo(signal.equals("INT") ? 130 : 143);
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(3);
      assertThat(process.errorReader().lines())
          .containsExactly(
              "ferry get: interrupted; nothing torn remains; run the same command again to"
                  + " continue");
    }
    assertThat(local.resolve("large")).doesNotExist();
  }

  @Test
  void leavesAtOnceAtTheSecondInterrupt() throws Exception {
    served.write("large", "x".repeat(1 << 20));
    try (Proxy proxy = new Proxy(served.port(), new Plan(Harm.STALL, 9, 600_000))) {
      Process process = Processes.ferry(local, "get", "--plaintext", proxy.url("/large"));
      proxy.awaitHarm();
      while (process.isAlive()) {
        Processes.run(local, "kill", "-INT", Long.toString(process.pid()));
      }
      assertThat(process.exitValue()).isEqualTo(130);
    }
    assertThat(local.resolve("large")).doesNotExist();
  }

  private static void tree(Path top) throws IOException {
    Files.createDirectories(top.resolve("sub"));
    for (int i = 0; i < FILES; i++) {
      Path file = top.resolve(i % 2 == 0 ? "file" + i : "sub/file" + i);
      Files.writeString(file, Integer.toString(i % 10).repeat(SIZE));
    }
  }

  private void assertSame(Path one, Path other) throws IOException {
    assertThat(Processes.run(folder, "diff", "-r", one.toString(), other.toString())).isZero();
  }
}

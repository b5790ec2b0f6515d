package dev.ferry.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.FerryServer;
import dev.ferry.transfer.LinkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several clients at once against one server, and trees that go up and come back, compared by diff.
 */
class ManyClientsTest {
  private static final int ROUNDS = 5;
  private static final Rules QUICK =
      new Rules(LinkPolicy.SKIP, Overwrite.NEVER, false, Durability.NONE, 0, 0);

  @TempDir Path temp;
  private Path root;
  private FerryServer server;

  @BeforeEach
  void start() throws Exception {
    root = Files.createDirectory(temp.resolve("root"));
    server =
        FerryServer.serving(root)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .durability(Frame.Durability.NONE)
            .log(_ -> {})
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTreeWithNamesOfEveryKindGoesUpAndComesBackIdentical() throws Exception {
    Path tree = tree("tree", 20);
    Path back = temp.resolve("back");
    try (FerryClient client = connect()) {
      assertThat(put(client, tree, "/").failed()).isZero();
      assertThat(get(client, "tree", back).failed()).isZero();
    }
    assertSame(tree, root.resolve("tree"));
    assertSame(tree, back);
    server.close();
    assertThat(root.resolve(".ferry-staging")).doesNotExist();
  }

  @Test
  void threeClientsListGetAndPutAtOnce() throws Exception {
    Path served = tree("root/served", 300);
    Path own = tree("own", 300);
    CyclicBarrier together = new CyclicBarrier(3);
    List<Callable<Void>> clients =
        List.of(
            client(together, (c, _) -> assertThat(list(c, "served")).isGreaterThan(300)),
            client(
                together,
                (c, round) -> {
                  get(c, "served", temp.resolve("got" + round));
                  assertSame(served, temp.resolve("got" + round));
                }),
            client(
                together,
                (c, round) -> {
                  c.makeFolder(TreePath.of("put" + round), false);
                  put(c, own, "/put" + round + "/");
                  assertSame(own, root.resolve("put" + round + "/own"));
                }));
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (Future<Void> done : threads.invokeAll(clients)) {
        done.get();
      }
    }
    assertSame(served, root.resolve("served"));
  }

  @Test
  void ofManyWritersToOneNameExactlyOneWins() throws Exception {
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      Path source = Files.createDirectory(temp.resolve("writer" + i)).resolve("same");
      Files.writeString(source, ("" + i).repeat(300_000 + i));
      tasks.add(
          () -> {
            try (FerryClient client = connect()) {
              together.await(30, TimeUnit.SECONDS);
              return put(client, source, "/").done();
            }
          });
    }
    long won = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (Future<Long> done : threads.invokeAll(tasks)) {
        won += done.get();
      }
    }
    assertThat(won).isEqualTo(1);
    String result = Files.readString(root.resolve("same"));
    int winner = Integer.parseInt(result.substring(0, 1));
    assertThat(result).isEqualTo(("" + winner).repeat(300_000 + winner));
  }

  private interface Round {
    void run(FerryClient client, int round) throws Exception;
  }

  private Callable<Void> client(CyclicBarrier together, Round round) {
    return () -> {
      try (FerryClient client = connect()) {
        for (int i = 0; i < ROUNDS; i++) {
          together.await(60, TimeUnit.SECONDS);
          round.run(client, i);
        }
      }
      return null;
    };
  }

  private FerryClient connect() throws IOException {
    return FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption());
  }

  private static long list(FerryClient client, String folder) throws IOException {
    RemotePath path = RemotePath.of(TreePath.of(folder));
    return client.list(new ListRequest(path, true, true), _ -> {}).items();
  }

  private static JobReport put(FerryClient client, Path source, String target) throws IOException {
    LocalSource local = new LocalSource(source.toString(), source);
    RemotePath to = RemotePath.parse(TreePath.ROOT, target);
    return client.put(new PutRequest(List.of(local), to, true, QUICK), JobListener.NONE);
  }

  private static JobReport get(FerryClient client, String source, Path target) throws IOException {
    RemotePath from = RemotePath.of(TreePath.of(source));
    return client.get(new GetRequest(List.of(from), target, false, true, QUICK), JobListener.NONE);
  }

  private Path tree(String name, int files) throws IOException {
    Path tree = Files.createDirectories(temp.resolve(name));
    for (String odd :
        List.of(
            "with space",
            "'quotes\"",
            "港口.txt",
            "e\u0301",
            "⛴️",
            "tab\there",
            "back\\slash",
            "new\nline",
            "-rf",
            "~",
            "*",
            "?",
            "[x]",
            "%41",
            "#",
            ".hidden",
            "\u001b[31m")) {
      Files.writeString(tree.resolve(odd), "content of " + odd);
      Files.createDirectories(tree.resolve("deep/er").resolve(odd));
    }
    for (int i = 0; i < files; i++) {
      Files.writeString(tree.resolve("deep/" + i), "number " + i);
    }
    byte[] large = new byte[1_000_003];
    new Random(files).nextBytes(large);
    Files.write(tree.resolve("deep/large"), large);
    Files.createFile(tree.resolve("deep/empty"));
    return tree;
  }

  private static void assertSame(Path one, Path other) throws Exception {
    Process diff =
        new ProcessBuilder("diff", "-r", one.toString(), other.toString())
            .redirectErrorStream(true)
            .start();
    String differences = new String(diff.getInputStream().readAllBytes(), UTF_8);
    assertThat(diff.waitFor()).as(differences).isZero();
  }
}

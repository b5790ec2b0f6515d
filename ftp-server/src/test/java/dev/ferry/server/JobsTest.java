package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Argument;
import dev.ferry.transfer.Committer;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.LinkPolicy;
import dev.ferry.transfer.Pace;
import dev.ferry.transfer.Parts;
import dev.ferry.transfer.Placement;
import dev.ferry.transfer.Placement.Expected;
import dev.ferry.transfer.Receiver;
import dev.ferry.transfer.Sender;
import dev.ferry.transfer.TransferListener;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import dev.ferry.transfer.store.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET and PUT against the server, with the engine as the client. */
class JobsTest {
  private static final Executor WORKER = task -> Thread.ofPlatform().start(task);

  @TempDir Path root;
  @TempDir Path local;
  private final ServerFixture fixture = new ServerFixture();
  private FerryServer server;
  private RawClient client;
  private Tree tree;

  @BeforeEach
  void start() throws IOException {
    serve(fixture.on(root));
    tree = Trees.open(local, true);
  }

  private void serve(ServerBuilder builder) throws IOException {
    server = builder.start();
    client = RawClient.login(server);
    client.link.deadline(null, "");
  }

  @AfterEach
  void stop() {
    tree.close();
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform", "pool:1"})
  void treeGoesUpAndComesBack(String threads) throws IOException {
    stop();
    serve(fixture.on(root).threads(SessionThreads.parse(threads)).durability(Durability.BATCH));
    tree = Trees.open(local, true);
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    Files.createDirectories(local.resolve("tree/deep/empty"));
    Files.write(local.resolve("tree/deep/large"), large);
    Files.writeString(local.resolve("tree/tab\tand \"quotes\" 文件"), "hello");

    assertThat(put(List.of("tree"), "up", "tree"))
        .isEqualTo(new JobSummary(5, 0, 0, 0, 3_000_005, null));
    assertThat(root.resolve("up/deep/large")).hasBinaryContent(large);
    assertThat(root.resolve("up/tab\tand \"quotes\" 文件")).hasContent("hello");
    assertThat(root.resolve("up/deep/empty")).isDirectory();

    assertThat(get("up", "back")).isEqualTo(new JobSummary(5, 0, 0, 0, 3_000_005, null));
    assertThat(local.resolve("back/deep/large")).hasBinaryContent(large);
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertThat(fixture.lines("put")).last().asString().contains(" done=5 ", " bytes=3000005 ");
    assertThat(fixture.lines("get")).last().asString().contains(" done=5 ");
  }

  @Test
  void equalFilesAreNotSentAgainAndDifferentOnesNotReplaced() throws IOException {
    Files.writeString(local.resolve("a"), "one");
    put(List.of("a"), "", "a");
    assertThat(put(List.of("a"), "", "a")).isEqualTo(new JobSummary(0, 1, 0, 0, 0, null));
    Files.writeString(local.resolve("a"), "another");
    JobSummary refused = put(List.of("a"), "", "a");
    assertThat(refused.failed()).isEqualTo(1);
    assertThat(root.resolve("a")).hasContent("one");
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertThat(fixture.lines("put-failed"))
        .singleElement()
        .asString()
        .contains(" entry=/a code=EXISTS ");
  }

  @Test
  void missingSourceFailsAndTheConnectionGoesOn() throws IOException {
    assertThat(get("missing", "back").failed()).isEqualTo(1);
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertThat(fixture.lines("get-failed")).singleElement().asString().contains("code=NOT-FOUND");
  }

  @Test
  void refusedPutEndsInOrderAlthoughEntriesAreOnTheirWay() throws IOException {
    Files.writeString(root.resolve("file"), "x");
    Files.createDirectory(local.resolve("many"));
    for (int i = 0; i < 3_000; i++) {
      Files.createFile(local.resolve("many/" + i));
    }
    JobSummary refused = put(List.of("many", "many"), "file", "many", "again");
    assertThat(refused.aborted().is(ErrorCode.NOT_A_FOLDER)).isTrue();
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertThat(fixture.lines("put")).singleElement().asString().contains("several sources");
  }

  @Test
  void whatWouldFillTheDiskIsRefusedAndTheRestGoesOn() throws IOException {
    stop();
    serve(fixture.on(root).limits(ServerLimits.STANDARD.withReserve(Long.MAX_VALUE / 2)));
    tree = Trees.open(local, true);
    Files.createDirectories(local.resolve("tree/empty"));
    Files.writeString(local.resolve("tree/file"), "hello");
    JobSummary summary = put(List.of("tree"), "up", "tree");
    assertThat(summary.done()).isEqualTo(2);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(root.resolve("up/empty")).isDirectory();
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
    assertThat(fixture.lines("put-failed"))
        .singleElement()
        .asString()
        .contains(" entry=/tree/file code=NO-SPACE msg=\"the server keeps the last ");
    Files.writeString(root.resolve("old"), "x");
    assertThat(get("old", "back").done()).isEqualTo(1);
  }

  @Test
  void drainLetsARunningJobFinish() throws Exception {
    Gate gate = new Gate();
    CountDownLatch begun = new CountDownLatch(1);
    stop();
    serve(fixture.on(root).layer(served -> new Watched(served, begun)));
    tree = Trees.open(local, true);
    Files.writeString(local.resolve("a"), "one");
    Argument late = new Argument.Found(0, tree, TreePath.of("a"), List.of("a"));
    Iterator<Argument> arguments =
        new Iterator<>() {
          private boolean done;

          @Override
          public boolean hasNext() {
            return !done;
          }

          @Override
          public Argument next() {
            gate.pass();
            done = true;
            return late;
          }
        };
    client.send(
        new Frame.Put(false, false, Overwrite.NEVER, Durability.NONE, List.of("up"), List.of("a")));
    Sender sender = sender(arguments);
    Thread draining =
        Thread.ofVirtual()
            .start(
                () -> {
                  gate.awaitReached();
                  await(begun);
                  server.drain(Duration.ZERO);
                  gate.open();
                });
    assertThat(sender.run(WORKER).done()).isEqualTo(1);
    draining.join();
    assertThat(root.resolve("up")).hasContent("one");
    assertThat(client.end()).isEqualTo(ErrorCode.DRAINING);
  }

  @Test
  void abortedGetLeavesTheConnectionReady() throws IOException {
    Files.createDirectory(root.resolve("many"));
    for (int i = 0; i < 1_000; i++) {
      Files.createFile(root.resolve("many/" + i));
    }
    client.send(get(Mode.ALL, "many"), new Frame.Abort(new Reason(ErrorCode.CANCELLED, "no")));
    while (!(client.link.control(nextControl()) instanceof Frame.Abort)) {
      // What was on its way.
    }
    assertThat(client.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
  }

  private FrameHeader nextControl() throws IOException {
    FrameHeader header = client.link.next();
    while (header.type() == FrameType.DATA) {
      header = client.link.next();
    }
    return header;
  }

  private static Frame.Get get(Mode mode, String path) {
    return new Frame.Get(mode, true, false, List.of(new SourcePath(false, List.of(path))));
  }

  private JobSummary put(List<String> sources, String target, String... names) throws IOException {
    client.send(
        new Frame.Put(
            false,
            false,
            Overwrite.NEVER,
            Durability.NONE,
            target.isEmpty() ? List.of() : List.of(target),
            List.of(names)));
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      arguments.add(new Argument.Found(i, tree, TreePath.of(sources.get(i)), List.of(names[i])));
    }
    return sender(arguments.iterator()).run(WORKER);
  }

  private Sender sender(Iterator<Argument> arguments) {
    return new Sender(
        client.link,
        arguments,
        new Sender.Options(true, LinkPolicy.SKIP, null, null, Pace.FREE),
        TransferListener.NONE);
  }

  private JobSummary get(String source, String target) throws IOException {
    client.send(get(Mode.ASK, source));
    try (Committer committer = new Committer(tree, Durability.NONE)) {
      Placement placement = Placement.as(TreePath.of(target), new Expected.Name(source));
      return new Receiver(
              client.link,
              new Receiver.Target(tree, new Parts(tree), committer, placement),
              new Receiver.Options(
                  Mode.ASK, Overwrite.NEVER, false, Durability.NONE, Pace.FREE, "tester"),
              TransferListener.NONE)
          .run();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells when the server looks at the target of a PUT. */
  private static final class Watched extends TreeLayer {
    private final CountDownLatch begun;

    Watched(Tree tree, CountDownLatch begun) {
      super(tree);
      this.begun = begun;
    }

    @Override
    public Attributes stat(TreePath path) throws IOException {
      begun.countDown();
      return super.stat(path);
    }
  }
}

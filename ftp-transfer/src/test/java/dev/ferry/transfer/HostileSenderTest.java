package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Hash128;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that asked for "wanted", against a sender that breaks the rules. */
class HostileSenderTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;
  private Path canary;
  private Path to;
  private Job job;
  private Link sender;
  private Future<JobSummary> receiving;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong seen = new AtomicLong(-1);

  @BeforeEach
  void start() throws Exception {
    Path from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
    canary = Files.writeString(temp.resolve("canary"), "alive");
    job = new Job(from, to);
    job.mode = Frame.Mode.ALL;
    job.start(
        List.of(), Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Name("wanted"))));
    sender = job.senderLink;
    receiving = job.workers.submit(job.receiver::run);
  }

  @AfterEach
  void nothingHappenedOutside() throws Exception {
    job.close();
    assertThat(canary).hasContent("alive");
    try (Stream<Path> all = Files.list(temp)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("from", "to", "canary");
    }
  }

  /** Something a sender must not do. */
  record Trick(String name, Act act) {
    @Override
    public String toString() {
      return name;
    }
  }

  interface Act {
    void play(Link link) throws IOException;
  }

  static Stream<Trick> protocolBreakers() {
    return Stream.of(wrongEntries(), wrongContent(), wrongEnds()).flatMap(s -> s);
  }

  private static Stream<Trick> wrongEntries() {
    return Stream.of(
        new Trick(
            "a size of exbibytes", l -> l.send(file(0, 0, List.of("wanted"), Long.MAX_VALUE))),
        new Trick("a name not asked for", l -> l.send(file(0, 0, List.of("other"), 5))),
        new Trick("no name at all", l -> l.send(file(0, 0, List.of(), 5))),
        new Trick("an argument not asked for", l -> l.send(file(0, 1, List.of("wanted"), 5))),
        new Trick("a number left out", l -> l.send(file(1, 0, List.of("wanted"), 5))),
        new Trick(
            "a number twice",
            l -> {
              l.send(file(0, 0, List.of("wanted"), 5));
              l.send(file(0, 0, List.of("wanted"), 5));
            }),
        new Trick("content of nothing", l -> data(l, 3, 0, HELLO, true)));
  }

  private static Stream<Trick> wrongContent() {
    return Stream.of(
        new Trick(
            "more content than announced",
            l -> {
              l.send(file(0, 0, List.of("wanted"), 4));
              data(l, 0, 0, HELLO, true);
            }),
        new Trick(
            "less content than announced",
            l -> {
              l.send(file(0, 0, List.of("wanted"), 6));
              data(l, 0, 0, HELLO, true);
            }),
        new Trick(
            "an offset inside a chunk",
            l -> {
              l.send(file(0, 0, List.of("wanted"), 6));
              data(l, 0, 1, HELLO, true);
            }),
        new Trick(
            "an offset near 2^63",
            l -> {
              l.send(file(0, 0, List.of("wanted"), 6));
              data(l, 0, Long.MAX_VALUE - 3, HELLO, true);
            }),
        new Trick(
            "too many files begun at once",
            l -> {
              l.send(folder(0, List.of("wanted")));
              for (int i = 1; i <= 65; i++) {
                l.send(file(i, 0, List.of("wanted", "" + i), 262_145));
                ByteBuffer one = ByteBuffer.allocate(1);
                l.sendData(new DataHeader(i, 262_144, new ChunkHasher().hash(one), null), one);
              }
            }),
        new Trick(
            "content for a folder",
            l -> {
              l.send(folder(0, List.of("wanted")));
              data(l, 0, 0, HELLO, true);
            }),
        new Trick("an error of an entry to come", l -> l.send(entryError(5, List.of("wanted")))));
  }

  private static Stream<Trick> wrongEnds() {
    return Stream.of(
        new Trick("nothing of what was asked for", l -> l.send(new Frame.JobEnd(0, 0))),
        new Trick(
            "trouble of an argument not asked for",
            l ->
                l.send(
                    new Frame.EntryError(
                        0,
                        Frame.Status.FAILED,
                        new Reason(ErrorCode.IO, "broken"),
                        9,
                        List.of("wanted")))),
        new Trick("a wrong count at the end", l -> l.send(new Frame.JobEnd(3, 0))),
        new Trick(
            "an entry after the end",
            l -> {
              l.send(file(0, 0, List.of("wanted"), 5));
              l.send(new Frame.JobEnd(1, 5));
              l.send(file(1, 0, List.of("wanted", "x"), 5));
            }),
        new Trick("a request", l -> l.send(new Frame.Ping())),
        new Trick("an answer of a receiver", l -> l.send(new Frame.JobDone(0, 0, 0, 0, 0))),
        new Trick("a greeting", l -> l.send(new Frame.Hello(1, 1, "x", List.of()))),
        new Trick("a reply", l -> l.send(new Frame.Ok(1))));
  }

  @ParameterizedTest
  @MethodSource("protocolBreakers")
  void endsTheConnectionWithoutATrace(Trick trick) throws Exception {
    trick.act().play(sender);
    sender.flush();
    assertThatThrownBy(receiving::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ProtocolException.class);
    assertThat(job.receiverLink.isOpen()).as("an ERROR can still be said").isTrue();
    job.target.close();
    try (Stream<Path> left = Files.walk(to)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "a/b", "/etc", "nul\0", ".ferry-staging"})
  void aBadNameBelowWhatWasAskedForFailsAlone(String name) throws Exception {
    sender.send(folder(0, List.of("wanted")));
    sender.send(file(1, 0, List.of("wanted", name), 5));
    data(sender, 1, 0, HELLO, true);
    sender.send(file(2, 0, List.of("wanted", "good"), 5));
    data(sender, 2, 0, HELLO, true);
    sender.sendNow(new Frame.JobEnd(3, 10));
    JobSummary summary = receiving.get();
    assertThat(summary.done()).isEqualTo(2);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(job.received).anyMatch(e -> e.reason() != null && e.reason().is(ErrorCode.BAD_NAME));
    assertThat(to.resolve("wanted/good")).hasContent("hello");
  }

  @Test
  void contentAfterTheLastEndsTheConnection() throws Exception {
    sender.send(file(0, 0, List.of("wanted"), 5));
    data(sender, 0, 0, HELLO, true);
    data(sender, 0, 0, HELLO, true);
    sender.flush();
    assertThatThrownBy(receiving::get).hasCauseInstanceOf(ProtocolException.class);
    assertThat(to.resolve("wanted")).hasContent("hello");
  }

  @Test
  void contentThatDoesNotVerifyIsNotPublished() throws Exception {
    sender.send(file(0, 0, List.of("wanted"), 5));
    sender.sendData(
        new DataHeader(0, 0, new Hash128(1, 2), new Hash128(3, 4)), ByteBuffer.wrap(HELLO));
    sender.sendNow(new Frame.JobEnd(1, 5));
    assertThat(receiving.get().failed()).isEqualTo(1);
    assertThat(job.received).allMatch(e -> e.reason().is(ErrorCode.BAD_HASH));
    assertThat(to.resolve("wanted")).doesNotExist();
  }

  @Test
  void aContentHashThatDoesNotFitTheChunksIsNotPublished() throws Exception {
    sender.send(file(0, 0, List.of("wanted"), 5));
    Hash128 chunk = new ChunkHasher().hash(ByteBuffer.wrap(HELLO));
    sender.sendData(new DataHeader(0, 0, chunk, new Hash128(3, 4)), ByteBuffer.wrap(HELLO));
    sender.sendNow(new Frame.JobEnd(1, 5));
    assertThat(receiving.get().failed()).isEqualTo(1);
    assertThat(to.resolve("wanted")).doesNotExist();
  }

  @Test
  void aChunkOfManyMebibytesTakesNoMemoryOfThatSize() throws Exception {
    int claimed = 32 << 20;
    sender.send(file(0, 0, List.of("wanted"), 32L << 40));
    DataHeader header = new DataHeader(0, 0, new Hash128(1, 2), null);
    ByteBuffer frame = ByteBuffer.allocate(100);
    header.write(frame, claimed);
    sender.flush();
    job.wire.left().write(frame.flip());
    job.wire.left().write(ByteBuffer.allocate(300_000));
    await().until(() -> job.receiverLink.bytesRead() > 300_000);
    assertThat(directMemory()).isLessThan(claimed);
    sender.close();
    assertThatThrownBy(receiving::get).hasCauseInstanceOf(ConnectionLostException.class);
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void aSenderThatDoesNotReadIsMadeToWait() throws Exception {
    Thread flood =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    for (long number = 0; number < 1_000_000; number++) {
                      sender.send(file(number, 0, List.of("wanted", ".."), 5));
                      data(sender, number, 0, HELLO, true);
                      sent.set(number);
                    }
                  } catch (IOException _) {
                    // The receiver hung up, at the end of the test.
                  }
                });
    await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(60)).until(this::stands);
    assertThat(sent.get()).isLessThan(900_000);
    sender.close();
    flood.join();
    assertThatThrownBy(receiving::get).hasCauseInstanceOf(ConnectionLostException.class);
  }

  /** Whether nothing was sent since the last call. */
  private boolean stands() {
    return seen.getAndSet(sent.get()) == sent.get();
  }

  @Test
  void extremeTimesDoNoHarm() throws Exception {
    sender.send(
        new Frame.Entry(
            0,
            0,
            List.of("wanted"),
            new FileAttributes(Kind.FILE, 5, Long.MIN_VALUE, 0777),
            Bytes.NONE));
    data(sender, 0, 0, HELLO, true);
    sender.sendNow(new Frame.JobEnd(1, 5));
    JobSummary summary = receiving.get();
    assertThat(summary.done() + summary.failed()).isEqualTo(1);
  }

  private static Frame file(long number, int argument, List<String> path, long size) {
    return new Frame.Entry(
        number, argument, path, new FileAttributes(Kind.FILE, size, 0, 0644), Bytes.NONE);
  }

  private static Frame folder(long number, List<String> path) {
    return new Frame.Entry(
        number, 0, path, new FileAttributes(Kind.FOLDER, 0, 0, 0755), Bytes.NONE);
  }

  private static Frame entryError(long number, List<String> path) {
    return new Frame.EntryError(
        number, Frame.Status.FAILED, new Reason(ErrorCode.IO, "broken"), 0, path);
  }

  private static void data(Link link, long entry, long offset, byte[] bytes, boolean last)
      throws IOException {
    ByteBuffer content = ByteBuffer.wrap(bytes);
    ContentHash whole = new ContentHash(bytes.length);
    whole.set(0, new ChunkHasher().hash(content));
    link.sendData(
        new DataHeader(entry, offset, new ChunkHasher().hash(content), last ? whole.whole() : null),
        content);
  }
}

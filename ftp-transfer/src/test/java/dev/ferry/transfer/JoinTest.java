package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.DataHeader;
import dev.ferry.protocol.Frame.Entry;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.JobEnd;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several connections for one job. */
class JoinTest {
  private static final int SIZE = 64 << 20;

  /** More than may have begun at once. */
  private static final int MANY = Limits.FILES_BEGUN + 6;

  @TempDir Path temp;
  Path from;
  Path to;
  final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    Files.write(from.resolve("large"), bytes);
    Files.write(from.resolve("medium"), Arrays.copyOf(bytes, 5_000_000));
    Files.writeString(from.resolve("small"), "small");
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  /** Two more ends of a connection, joined to the job. */
  private record Joined(Link sender, Link receiver, Future<?> sending, Future<?> receiving) {}

  private Joined join(Job job) throws IOException {
    Wire wire = Wire.connect();
    open.add(wire);
    Link sender = Wire.loggedIn(wire.left(), "the receiver");
    Link receiver = Wire.loggedIn(wire.right(), "the sender");
    assertThat(job.receiver.mayJoin(receiver)).isTrue();
    assertThat(job.sender.mayJoin(sender)).isTrue();
    return new Joined(
        sender,
        receiver,
        job.workers.submit(
            () -> {
              job.sender.join(sender);
              return null;
            }),
        job.workers.submit(
            () -> {
              job.receiver.join(receiver);
              return null;
            }));
  }

  private void assertWhole(Job.Outcome outcome) {
    assertThat(outcome.received().failed()).isZero();
    assertThat(outcome.received().done() + outcome.received().unchanged()).isEqualTo(4);
    for (String name : List.of("large", "medium", "small")) {
      assertThat(to.resolve(name)).hasSameBinaryContentAs(from.resolve(name));
    }
    assertThat(to.resolve(".ferry-staging")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theyShareTheContent(Mode mode) throws Exception {
    Job.Outcome outcome;
    List<Joined> sides = new ArrayList<>();
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      job.prepare();
      for (int i = 0; i < 3; i++) {
        sides.add(join(job));
      }
      outcome = job.finish();
      for (Joined side : sides) {
        side.sending().get();
        assertThat(side.sender().bytesWritten()).isGreaterThan(Chunks.SMALLEST);
      }
      job.checkConnection();
    }
    assertWhole(outcome);
    assertThat(outcome.received().bytes()).isEqualTo(SIZE + 5_000_005);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatIsLostWithOneIsSentAgain(Mode mode) throws Exception {
    Job.Outcome outcome;
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      job.prepare();
      List<Joined> sides = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sides.add(join(job));
      }
      AtomicLong moved = new AtomicLong();
      job.onReceived =
          bytes -> {
            long now = moved.addAndGet(bytes);
            int due = (int) Math.min(sides.size(), now / (SIZE / 4));
            for (int i = 0; i < due; i++) {
              sides.get(i).receiver().close();
            }
          };
      outcome = job.finish();
      job.checkConnection();
    }
    assertWhole(outcome);
  }

  @Test
  void theJobGoesOnWhenAllAreLost() throws Exception {
    Job.Outcome outcome;
    try (Job job = new Job(from, to)) {
      job.prepare();
      Joined side = join(job);
      CountDownLatch once = new CountDownLatch(1);
      job.onReceived =
          _ -> {
            if (once.getCount() > 0) {
              once.countDown();
              side.sender().close();
            }
          };
      outcome = job.finish();
      job.checkConnection();
    }
    assertWhole(outcome);
  }

  @Test
  void contentMayComeBehindItsLastForAnyNumberOfFiles() throws Exception {
    ByteBuffer one = ByteBuffer.allocate(Chunks.SMALLEST);
    ByteBuffer other = ByteBuffer.allocate(1);
    long size = Chunks.SMALLEST + 1;
    ContentHash content = new ContentHash(size);
    content.set(0, new ChunkHasher().hash(one));
    content.set(Chunks.SMALLEST, new ChunkHasher().hash(other));
    try (Job job = new Job(from, to)) {
      job.mode = Mode.ALL;
      job.start(List.of(), Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Merged())));
      Future<JobSummary> receiving = job.workers.submit(job.receiver::run);
      Wire wire = Wire.connect();
      open.add(wire);
      Link side = Wire.loggedIn(wire.left(), "the receiver");
      Link joined = Wire.loggedIn(wire.right(), "the sender");
      assertThat(job.receiver.mayJoin(joined)).isTrue();
      Future<?> reading =
          job.workers.submit(
              () -> {
                job.receiver.join(joined);
                return null;
              });
      for (int i = 0; i < MANY; i++) {
        FileAttributes attributes = new FileAttributes(Kind.FILE, size, 0, 0644);
        job.senderLink.send(new Entry(i, 0, List.of("" + i), attributes, Bytes.NONE));
        job.senderLink.sendData(
            new DataHeader(i, Chunks.SMALLEST, new ChunkHasher().hash(other), content.whole()),
            other.duplicate());
      }
      job.senderLink.sendNow(new JobEnd(MANY, MANY * size));
      await().until(() -> job.receiverLink.bytesRead() >= job.senderLink.bytesWritten());
      for (int i = 0; i < MANY; i++) {
        side.sendData(new DataHeader(i, 0, new ChunkHasher().hash(one), null), one.duplicate());
      }
      side.flush();
      assertThat(receiving.get().done()).isEqualTo(MANY);
      await().until(reading::isDone);
    }
  }

  @Test
  void nothingIsSaidOfAnEntryBeforeItIsAnnounced() throws Exception {
    byte[] shared = new byte[Outgoing.PIECE + 1];
    Path file = Files.write(temp.resolve("shared"), shared);
    AtomicReference<Thread> joining = new AtomicReference<>();
    try (Job job = new Job(temp, to)) {
      Wire wire = Wire.connect();
      open.add(wire);
      Link side = Wire.loggedIn(wire.left(), "the receiver");
      Link other = Wire.loggedIn(wire.right(), "the sender");
      // The name is read as the ENTRY is written: by then the other connection has sent all of it.
      List<String> name =
          new AbstractList<>() {
            @Override
            public int size() {
              return 1;
            }

            @Override
            public String get(int index) {
              await()
                  .until(
                      () ->
                          side.bytesWritten() > shared.length
                              && (joining.get().getState() == Thread.State.WAITING
                                  || job.senderLink.bytesWritten() > 0));
              return "shared";
            }
          };
      job.mode = Mode.ALL;
      job.start(
          List.of(new Argument.Found(0, job.source, TreePath.of("shared"), name)),
          Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Name("shared"))));
      assertThat(job.receiver.mayJoin(other)).isTrue();
      assertThat(job.sender.mayJoin(side)).isTrue();
      Future<?> sending =
          job.workers.submit(
              () -> {
                joining.set(Thread.currentThread());
                job.sender.join(side);
                return null;
              });
      Future<?> receiving =
          job.workers.submit(
              () -> {
                job.receiver.join(other);
                return null;
              });
      assertThat(job.finish().received().done()).isEqualTo(1);
      sending.get();
      await().until(receiving::isDone);
      job.checkConnection();
    }
    assertThat(to.resolve("shared")).hasSameBinaryContentAs(file);
  }

  @Test
  void noneMayJoinAJobThatIsOver() throws Exception {
    try (Job job = new Job(from, to)) {
      job.run();
      assertThat(job.sender.mayJoin(job.senderLink)).isFalse();
      assertThat(job.receiver.mayJoin(job.receiverLink)).isFalse();
    }
  }
}

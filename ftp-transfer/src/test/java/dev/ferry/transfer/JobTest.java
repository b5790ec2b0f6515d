package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.TransferListener.Ended;
import dev.ferry.transfer.link.ConnectionLostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sender and receiver against each other, over a real connection and real files. */
class JobTest {
  private static final Reason STOP = new Reason(ErrorCode.CANCELLED, "stopped by the test");

  @TempDir Path temp;
  Path from;
  Path to;

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aTreeArrivesIdentical(Mode mode) throws Exception {
    sampleTree(from);
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      Job.Outcome outcome = job.run();
      assertThat(content(to)).isEqualTo(content(from));
      assertThat(outcome.received()).isEqualTo(outcome.sent());
      assertThat(outcome.sent().failed()).isZero();
      job.checkConnection();
    }
    assertThat(to.resolve(".ferry-staging")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 524_288, 1_000_000})
  void sizesAroundTheChunkArriveWhole(int size) throws Exception {
    random(from.resolve("file"), size);
    try (Job job = new Job(from, to)) {
      assertThat(job.run().sent().bytes()).isEqualTo(size);
    }
    assertThat(to.resolve("file")).hasSameBinaryContentAs(from.resolve("file"));
  }

  @Test
  void timesAndModesArriveWithFilesAndFolders() throws Exception {
    sampleTree(from);
    Path deep = from.resolve("deep");
    Files.setPosixFilePermissions(from.resolve("a"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(from.resolve("a"), FileTime.fromMillis(1_000_000_000_123L));
    Files.setLastModifiedTime(deep, FileTime.fromMillis(1_100_000_000_123L));
    try (Job job = new Job(from, to)) {
      job.run();
    }
    assertThat(Files.getLastModifiedTime(to.resolve("a")).toMillis()).isEqualTo(1_000_000_000_123L);
    assertThat(Files.getLastModifiedTime(to.resolve("deep")).toMillis())
        .isEqualTo(1_100_000_000_123L);
    assertThat(Files.getPosixFilePermissions(to.resolve("a")))
        .isEqualTo(Files.getPosixFilePermissions(from.resolve("a")));
  }

  @Test
  void aSecondRunSendsNothing() throws Exception {
    sampleTree(from);
    try (Job job = new Job(from, to)) {
      job.run();
    }
    try (Job job = new Job(from, to)) {
      JobSummary again = job.run().sent();
      assertThat(again.bytes()).isZero();
      assertThat(again.done()).isZero();
      assertThat(again.failed()).isZero();
      assertThat(again.unchanged()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aFileWithAnotherTimeButTheSameContentIsUnchanged(Mode mode) throws Exception {
    random(from.resolve("file"), 600_000);
    Files.copy(from.resolve("file"), to.resolve("file"));
    Files.setLastModifiedTime(to.resolve("file"), FileTime.fromMillis(5));
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      JobSummary summary = job.run().received();
      assertThat(summary.unchanged()).isEqualTo(2);
      assertThat(summary.failed()).isZero();
      job.checkConnection();
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aDifferentFileIsLeftAloneAndReported(Mode mode) throws Exception {
    random(from.resolve("file"), 600_000);
    Files.writeString(from.resolve("other"), "new!");
    Files.writeString(to.resolve("file"), "old");
    Files.writeString(to.resolve("other"), "old!");
    Files.setLastModifiedTime(to.resolve("other"), FileTime.fromMillis(5));
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      assertThat(job.run().sent().failed()).isEqualTo(2);
      assertThat(job.received.stream().filter(e -> e.status() == Status.FAILED))
          .allMatch(e -> e.reason().is(ErrorCode.EXISTS));
      job.checkConnection();
    }
    assertThat(to.resolve("file")).hasContent("old");
    assertThat(to.resolve("other")).hasContent("old!");
  }

  @Test
  void overwritingReplacesOlderOrAll() throws Exception {
    for (Overwrite overwrite : List.of(Overwrite.NEWER, Overwrite.ALWAYS)) {
      Files.writeString(from.resolve("new"), "new content");
      Files.writeString(from.resolve("old"), "old content");
      Files.writeString(to.resolve("new"), "?");
      Files.writeString(to.resolve("old"), "?");
      Files.setLastModifiedTime(from.resolve("old"), FileTime.fromMillis(1_000));
      Files.setLastModifiedTime(to.resolve("new"), FileTime.fromMillis(1_000));
      try (Job job = new Job(from, to)) {
        job.overwrite = overwrite;
        assertThat(job.run().sent().failed()).isZero();
      }
      assertThat(to.resolve("new")).hasContent("new content");
      assertThat(to.resolve("old")).hasContent(overwrite == Overwrite.NEWER ? "?" : "old content");
    }
  }

  @Test
  void aFolderInTheWayOfAFileAndAFileInTheWayOfAFolderFailAlone() throws Exception {
    Files.writeString(from.resolve("file"), "x");
    Files.createDirectories(from.resolve("folder/sub"));
    Files.writeString(from.resolve("folder/sub/x"), "x");
    Files.writeString(from.resolve("fine"), "fine");
    Files.createDirectory(to.resolve("file"));
    Files.writeString(to.resolve("folder"), "in the way");
    try (Job job = new Job(from, to)) {
      assertThat(job.run().sent().failed()).isEqualTo(4);
      job.checkConnection();
      assertThat(reason(job.received, "file").is(ErrorCode.IS_A_FOLDER)).isTrue();
      assertThat(reason(job.received, "folder").is(ErrorCode.NOT_A_FOLDER)).isTrue();
    }
    assertThat(to.resolve("fine")).hasContent("fine");
    assertThat(to.resolve("folder")).hasContent("in the way");
  }

  @ParameterizedTest
  @EnumSource(
      value = LinkPolicy.class,
      names = {"SKIP", "FAIL"})
  void linksAreNeverSent(LinkPolicy policy) throws Exception {
    Files.writeString(temp.resolve("secret"), "secret");
    Files.createSymbolicLink(from.resolve("link"), temp.resolve("secret"));
    Files.writeString(from.resolve("file"), "x");
    try (Job job = new Job(from, to)) {
      job.links = policy;
      JobSummary summary = job.run().received();
      assertThat(policy == LinkPolicy.SKIP ? summary.skipped() : summary.failed()).isEqualTo(1);
      assertThat(reason(job.received, "link").is(ErrorCode.LINK)).isTrue();
    }
    assertThat(to.resolve("link")).doesNotExist();
    assertThat(to.resolve("file")).hasContent("x");
  }

  @Test
  void oneArgumentBecomesTheTarget() throws Exception {
    Files.createDirectories(from.resolve("tree/sub"));
    Files.writeString(from.resolve("tree/sub/file"), "x");
    TreePath tree = TreePath.of("tree");
    try (Job job = new Job(from, to)) {
      job.run(
          List.of(new Argument.Found(0, job.source, tree, List.of("tree"))),
          Placement.as(TreePath.of("renamed"), new Placement.Expected.Name("tree")));
    }
    assertThat(to.resolve("renamed/sub/file")).hasContent("x");
  }

  @ParameterizedTest
  @EnumSource(Overwrite.class)
  void theSameSourceTwiceIsDoneOnce(Overwrite overwrite) throws Exception {
    Files.writeString(from.resolve("file"), "x");
    TreePath file = TreePath.of("file");
    Placement.Expected name = new Placement.Expected.Name("file");
    try (Job job = new Job(from, to)) {
      job.overwrite = overwrite;
      JobSummary summary =
          job.run(
                  List.of(
                      new Argument.Found(0, job.source, file, List.of("file")),
                      new Argument.Found(1, job.source, file, List.of("file"))),
                  Placement.into(TreePath.ROOT, List.of(name, name)))
              .received();
      assertThat(summary.failed()).isZero();
      assertThat(summary.done() + summary.unchanged()).isEqualTo(2);
    }
    assertThat(to.resolve("file")).hasContent("x");
  }

  @Test
  void whatCannotBeReadFailsAloneAndIsNamed() throws Exception {
    Files.writeString(from.resolve("file"), "x");
    List<Argument> arguments;
    try (Job job = new Job(from, to)) {
      arguments =
          List.of(
              new Argument.Missing(0, List.of("gone"), new Reason(ErrorCode.NOT_FOUND, "gone")),
              new Argument.Found(1, job.source, TreePath.of("file"), List.of("file")));
      JobSummary summary =
          job.run(
                  arguments,
                  Placement.into(
                      TreePath.ROOT,
                      List.of(
                          new Placement.Expected.Name("gone"),
                          new Placement.Expected.Name("file"))))
              .received();
      assertThat(summary.failed()).isEqualTo(1);
      assertThat(summary.done()).isEqualTo(1);
      assertThat(reason(job.received, "gone").is(ErrorCode.NOT_FOUND)).isTrue();
    }
    assertThat(to.resolve("file")).hasContent("x");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancellingKeepsTheConnectionAndLeavesNothingTorn(boolean bySender) throws Exception {
    random(from.resolve("large"), 40_000_000);
    AtomicBoolean once = new AtomicBoolean();
    try (Job job = new Job(from, to)) {
      job.onMoved =
          _ -> {
            if (once.compareAndSet(false, true)) {
              if (bySender) {
                job.sender.cancel(STOP);
              } else {
                job.receiver.cancel(STOP);
              }
            }
          };
      Job.Outcome outcome = job.run();
      assertThat(outcome.sent().aborted()).isNotNull();
      assertThat(outcome.received().aborted()).isNotNull();
      job.checkConnection();
    }
    assertThat(content(to)).containsOnlyKeys("");
  }

  @Test
  void aJobCancelledOnBothSidesAtOnceEndsInOrder() throws Exception {
    random(from.resolve("large"), 40_000_000);
    AtomicBoolean once = new AtomicBoolean();
    try (Job job = new Job(from, to)) {
      job.onMoved =
          _ -> {
            if (once.compareAndSet(false, true)) {
              job.sender.cancel(STOP);
              job.receiver.cancel(STOP);
            }
          };
      job.run();
      job.checkConnection();
    }
    assertThat(content(to)).containsOnlyKeys("");
  }

  @Test
  void aCutConnectionLeavesNothingTorn() throws Exception {
    sampleTree(from);
    random(from.resolve("z-large"), 40_000_000);
    try (Job job = new Job(from, to)) {
      job.start(
          List.of(new Argument.Found(0, job.source, TreePath.ROOT, List.of())),
          Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Merged())));
      cutAfter(job, 10_000_000);
      Future<JobSummary> receiving = job.workers.submit(job.receiver::run);
      assertThatThrownBy(() -> job.sender.run(job.workers))
          .isInstanceOf(ConnectionLostException.class);
      assertThatThrownBy(receiving::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(ConnectionLostException.class);
    }
    assertThat(to.resolve("z-large")).doesNotExist();
    assertThat(content(from)).containsAllEntriesOf(content(to));
  }

  @Test
  void aSourceThatChangesWhileItIsReadIsNotPublished() throws Exception {
    Path file = from.resolve("file");
    random(file, 40_000_000);
    AtomicBoolean once = new AtomicBoolean();
    try (Job job = new Job(from, to)) {
      job.onMoved =
          _ -> {
            if (once.compareAndSet(false, true)) {
              random(file, 40_000_000);
            }
          };
      assertThat(job.run().received().failed()).isEqualTo(1);
      assertThat(reason(job.received, "file").is(ErrorCode.SOURCE_CHANGED)).isTrue();
      job.checkConnection();
    }
    assertThat(to).isEmptyDirectory();
  }

  /** Cuts the connection once so many bytes have moved, counted at both ends. */
  private static void cutAfter(Job job, long limit) {
    AtomicLong moved = new AtomicLong();
    job.onMoved =
        bytes -> {
          if (moved.addAndGet(bytes) > limit) {
            try {
              job.wire.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
  }

  private static Reason reason(List<Ended> ended, String name) {
    return ended.stream()
        .filter(e -> !e.path().isEmpty() && e.path().getLast().equals(name))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static void sampleTree(Path root) throws IOException {
    Files.createDirectories(root.resolve("deep/er/empty"));
    for (String name :
        List.of("a", "with space", "日本語", "tab\there", "back\\slash", "new\nline", ".hidden")) {
      Files.writeString(root.resolve(name), "content of " + name);
      Files.writeString(root.resolve("deep").resolve(name), "deep " + name);
    }
    Files.createFile(root.resolve("deep/er/nothing"));
    random(root.resolve("deep/er/large"), 1_000_003);
    for (int i = 0; i < 500; i++) {
      Files.writeString(root.resolve("deep/er/" + i), "number " + i);
    }
  }

  private static void random(Path file, int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isVisible(Path path) {
    return !path.toString().contains(".ferry-staging");
  }

  /** Every path below a folder, with a hash of its content. */
  private static Map<String, Integer> content(Path root) throws IOException {
    TreeMap<String, Integer> content = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(JobTest::isVisible)::iterator) {
        content.put(
            root.relativize(path).toString(),
            Files.isDirectory(path) ? -1 : Arrays.hashCode(Files.readAllBytes(path)));
      }
    }
    return content;
  }
}

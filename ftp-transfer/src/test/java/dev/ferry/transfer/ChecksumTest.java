package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.transfer.TransferListener.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Targets of equal size, compared by content whatever their time (spec 7.2). */
class ChecksumTest {
  private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);
  private static final FileTime LATER = FileTime.fromMillis(1_800_000_000_000L);

  @TempDir private Path temp;
  private Path from;
  private Path to;

  @BeforeEach
  void makeFiles() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
    write(from, "equal", "same", TIME);
    write(to, "equal", "same", LATER);
    write(from, "changed", "new!", TIME);
    write(to, "changed", "old!", TIME);
    write(from, "later", "new!", LATER);
    write(to, "later", "old!", TIME);
  }

  private static void write(Path folder, String name, String text, FileTime time)
      throws IOException {
    Files.setLastModifiedTime(Files.writeString(folder.resolve(name), text), time);
  }

  private Job.Outcome run(Overwrite overwrite, Mode mode, Map<String, Status> expected)
      throws Exception {
    try (Job job = new Job(from, to)) {
      job.mode = mode;
      job.overwrite = overwrite;
      job.checksum = true;
      Job.Outcome outcome = job.run();
      assertThat(job.received)
          .filteredOn(ended -> !ended.path().isEmpty())
          .allSatisfy(
              ended -> assertThat(ended.status()).isEqualTo(expected.get(ended.path().getLast())));
      assertThat(job.received)
          .filteredOn(ended -> ended.status() == Status.FAILED)
          .extracting(Ended::reason)
          .allMatch(reason -> reason.is(ErrorCode.EXISTS));
      job.checkConnection();
      return outcome;
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatDiffersIsReplacedThoughItsTimeIsEqual(Mode mode) throws Exception {
    Job.Outcome outcome =
        run(
            Overwrite.ALWAYS,
            mode,
            Map.of("equal", Status.UNCHANGED, "changed", Status.DONE, "later", Status.DONE));
    assertThat(to.resolve("changed")).hasContent("new!");
    assertThat(to.resolve("later")).hasContent("new!");
    assertThat(Files.getLastModifiedTime(to.resolve("equal"))).isEqualTo(LATER);
    assertThat(outcome.sent().bytes()).isEqualTo(mode == Mode.ASK ? 8 : 20);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void onlyWhatIsNewerIsReplaced(Mode mode) throws Exception {
    run(
        Overwrite.NEWER,
        mode,
        Map.of("equal", Status.UNCHANGED, "changed", Status.SKIPPED, "later", Status.DONE));
    assertThat(to.resolve("changed")).hasContent("old!");
    assertThat(to.resolve("later")).hasContent("new!");
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void whatDiffersIsRefused(Mode mode) throws Exception {
    run(
        Overwrite.NEVER,
        mode,
        Map.of("equal", Status.UNCHANGED, "changed", Status.FAILED, "later", Status.FAILED));
    assertThat(to.resolve("changed")).hasContent("old!");
    assertThat(to.resolve("later")).hasContent("old!");
  }
}

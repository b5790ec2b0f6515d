package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.TransferListener.Ended;
import dev.ferry.transfer.TransferListener.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both sides of a job hear about what is not sent. */
class TroubleTest {
  @TempDir private Path temp;
  private Path from;
  private Path to;

  @BeforeEach
  void makeFolders() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLinkFailsIfItWasNamedItselfAndIsSkippedIfAPatternFoundIt(boolean matched) throws Exception {
    Files.createSymbolicLink(from.resolve("link"), temp.resolve("elsewhere"));
    TreePath link = TreePath.of("link");
    try (Job job = new Job(from, to)) {
      job.run(
          List.of(new Argument.Found(0, job.source, link, List.of("link"), matched)),
          Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Name("link"))));
      for (List<Ended> heard : List.of(job.sent, job.received)) {
        assertThat(heard)
            .singleElement()
            .returns(matched ? Status.SKIPPED : Status.FAILED, Ended::status)
            .returns(true, ended -> ended.reason().is(ErrorCode.LINK));
      }
    }
  }

  @Test
  void bothSidesKnowWhoseFailureItWas() throws Exception {
    Files.createSymbolicLink(from.resolve("the sender's"), temp.resolve("elsewhere"));
    Files.writeString(from.resolve("the receiver's"), "x");
    Files.createDirectory(to.resolve("the receiver's"));
    try (Job job = new Job(from, to)) {
      job.links = LinkPolicy.FAIL;
      job.run();
      for (List<Ended> heard : List.of(job.sent, job.received)) {
        assertThat(heard)
            .filteredOn(ended -> ended.status() == Status.FAILED)
            .extracting(ended -> ended.path().getLast(), Ended::by)
            .containsExactlyInAnyOrder(
                tuple("the sender's", Side.SENDER), tuple("the receiver's", Side.RECEIVER));
      }
    }
  }
}

package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.Link;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sender of a folder with one file of 600,000 bytes, against a receiver that breaks the rules.
 */
class HostileReceiverTest {
  private static final int SIZE = 600_000;

  @TempDir Path temp;
  private Job job;
  private Link receiver;
  private Future<JobSummary> sending;

  @BeforeEach
  void start() throws Exception {
    Path from = Files.createDirectory(temp.resolve("from"));
    Files.write(from.resolve("file"), new byte[SIZE]);
    job = new Job(from, Files.createDirectory(temp.resolve("to")));
    job.start(
        List.of(new Argument.Found(0, job.source, TreePath.ROOT, List.of())),
        Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Merged())));
    receiver = job.receiverLink;
    sending = job.workers.submit(() -> job.sender.run(job.workers));
    assertThat(receiver.read()).isInstanceOf(Frame.Entry.class);
    assertThat(receiver.read()).isInstanceOf(Frame.Entry.class);
    assertThat(receiver.read()).isEqualTo(new Frame.JobEnd(2, SIZE));
  }

  @AfterEach
  void close() throws IOException {
    job.close();
  }

  static Stream<Frame> protocolBreakers() {
    return Stream.of(
        want(7, null),
        want(0, null),
        want(1, List.of(new Range(1, 262_143))),
        want(1, List.of(new Range(0, 1000))),
        want(1, List.of(new Range(524_288, 262_144))),
        want(1, List.of(new Range(1L << 40, 262_144))),
        new Frame.Results(List.of(new Result(1, 5, Status.DONE, null))),
        new Frame.Results(List.of(new Result(0, 2, Status.DONE, null))),
        new Frame.Job(Frame.Mode.ASK),
        new Frame.Entry(
            0, 0, List.of("x"), new Frame.FileAttributes(Frame.Kind.FILE, 1, 0, 0), Bytes.NONE),
        new Frame.JobDone(2, 0, 0, 0, 0),
        new Frame.Job(Frame.Mode.ALL),
        new Frame.Ok(1),
        new Frame.Ping(),
        new Frame.Hello(1, 1, "x", List.of()));
  }

  @ParameterizedTest
  @MethodSource("protocolBreakers")
  void endsTheConnectionAndCanSayWhy(Frame frame) throws Exception {
    receiver.sendNow(frame);
    assertThatThrownBy(sending::get).hasCauseInstanceOf(ProtocolException.class);
    job.senderLink.sendNow(new Frame.Ping());
    assertThat(receiver.read()).isEqualTo(new Frame.Ping());
  }

  @Test
  void wantingTheSameAgainAndAgainEndsTheConnection() throws Exception {
    for (int i = 0; i < 100; i++) {
      receiver.send(want(1, null));
    }
    receiver.flush();
    assertThatThrownBy(sending::get)
        .hasCauseInstanceOf(ProtocolException.class)
        .hasMessageContaining("unanswered");
  }

  @Test
  void aRangeIsSentWithTheHashOfTheWhole() throws Exception {
    receiver.sendNow(want(1, List.of(new Range(262_144, 262_144))));
    FrameHeader first = receiver.next();
    assertThat(receiver.data(first).offset()).isEqualTo(262_144);
    assertThat(receiver.remaining()).isEqualTo(262_144);
    FrameHeader last = receiver.next();
    assertThat(last.type()).isEqualTo(FrameType.DATA);
    assertThat(receiver.data(last).contentHash()).isNotNull();
    assertThat(receiver.remaining()).isZero();
    finish(2, 0);
  }

  @Test
  void aResultBeforeTheContentIsAnsweredByCancelled() throws Exception {
    receiver.send(want(1, List.of()));
    receiver.sendNow(new Frame.Results(List.of(new Result(1, 1, Status.UNCHANGED, null))));
    FrameHeader next = receiver.next();
    if (next.type() == FrameType.ENTRY_ERROR) {
      Frame.EntryError error = (Frame.EntryError) receiver.control(next);
      assertThat(error.reason().is(ErrorCode.CANCELLED)).isTrue();
    } else {
      assertThat(receiver.data(next).contentHash()).isNotNull();
    }
    receiver.send(new Frame.Results(List.of(new Result(0, 1, Status.DONE, null))));
    end(1, 1);
  }

  @Test
  void itsLastWordIsTheCauseEvenIfTheWriterFailsToo() throws Exception {
    Path large = Files.createDirectory(temp.resolve("large"));
    try (RandomAccessFile file = new RandomAccessFile(large.resolve("file").toFile(), "rw")) {
      file.setLength(256L << 20);
    }
    try (Job other = new Job(large, Files.createDirectory(temp.resolve("nothing")))) {
      other.mode = Frame.Mode.ALL;
      other.start(
          List.of(new Argument.Found(0, other.source, TreePath.ROOT, List.of())),
          Placement.into(TreePath.ROOT, List.of(new Placement.Expected.Merged())));
      Future<JobSummary> blocked = other.workers.submit(() -> other.sender.run(other.workers));
      assertThat(other.receiverLink.read()).isInstanceOf(Frame.Entry.class);
      other.receiverLink.sendNow(
          new Frame.Failure(new Reason(ErrorCode.DRAINING, "bye"), Frame.Failure.NO_COMPONENT));
      assertThatThrownBy(blocked::get)
          .hasCauseInstanceOf(RefusedException.class)
          .hasMessageContaining("bye");
    }
  }

  private void finish(long done, long unchanged) throws Exception {
    receiver.send(new Frame.Results(List.of(new Result(0, 2, Status.DONE, null))));
    end(done, unchanged);
  }

  private void end(long done, long unchanged) throws Exception {
    receiver.sendNow(new Frame.JobDone(done, unchanged, 0, 0, SIZE));
    assertThat(sending.get().done()).isEqualTo(done);
    job.checkConnection();
  }

  private static Frame want(long entry, List<Range> ranges) {
    return new Frame.Wants(List.of(new Want(entry, ranges)));
  }
}

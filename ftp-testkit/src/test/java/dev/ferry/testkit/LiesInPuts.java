package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.DATA;
import static dev.ferry.protocol.FrameType.ENTRY;
import static dev.ferry.protocol.FrameType.JOB;
import static dev.ferry.protocol.FrameType.JOB_END;
import static dev.ferry.protocol.FrameType.PUT;
import static dev.ferry.protocol.FrameType.RESULT;
import static dev.ferry.protocol.FrameType.STAT;
import static dev.ferry.protocol.FrameType.WANT;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.Reason;
import dev.ferry.testkit.Lie.Scene;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lies of the receiver of a job (spec 7.2, 7.5, 7.6) to {@code put}: it gets nothing but what was
 * announced to it, and cannot say that it has what it did not get.
 */
final class LiesInPuts {
  private static final String TEXT = "\u001b[8m\u202e\r\nferry put: done\u0085";
  private static final Frame ASK = new Frame.Job(Mode.ASK);
  private static final Result DONE = new Result(0, 1, Status.DONE, null);

  private static final Scene SILENT =
      Scene.of(
          Script.begin().greetAsServer().expect(PUT, ENTRY, JOB_END),
          "put",
          "-P",
          "1",
          "mine",
          "URL/");
  private static final Scene ONE =
      new Scene(SILENT.before().send(ASK), SILENT.environment(), SILENT.command());
  private static final Scene TREE =
      Scene.of(
          Script.begin().greetAsServer().expect(PUT, ENTRY, ENTRY, JOB_END).send(ASK),
          "put",
          "-r",
          "-P",
          "1",
          "tree",
          "URL/x/");
  private static final Scene UNSURE =
      Scene.of(
          Script.begin().greetAsServer().expect(STAT, PUT),
          "put",
          "-r",
          "-P",
          "1",
          "tree",
          "URL/x");

  private LiesInPuts() {}

  static Stream<Lie> all() {
    return Stream.of(openings(), wants(), results(), endings(), others()).flatMap(s -> s);
  }

  private static Stream<Lie> openings() {
    return Stream.of(
        SILENT.broken("an unknown mode", RawFrame.of(JOB).u8(2)),
        SILENT.lie("wants before JOB", 8, s -> s.send(want(0))),
        SILENT.lie("is done before JOB", 8, s -> s.send(new Frame.JobDone(1, 0, 0, 0, 0))),
        SILENT.lie("refuses", 5, s -> s.send(LiesInReplies.abort(TEXT))),
        SILENT.lie("has nothing to say", 3, Script::cut),
        ONE.lie("says JOB twice", 8, s -> s.send(ASK)),
        UNSURE.lie("answers STAT with OK", 8, s -> s.send(new Frame.Ok(1))),
        UNSURE.lie("answers STAT with JOB", 8, s -> s.send(ASK)),
        UNSURE.lie(
            "answers STAT with a last word", 8, s -> s.send(LiesAtGreeting.failure(1, TEXT))));
  }

  private static Stream<Lie> wants() {
    return Stream.of(
        ONE.lie("wants entry 1", 8, s -> s.send(want(1))),
        ONE.lie("wants the last entry", 8, s -> s.send(want(0xFFFFFFFFL))),
        TREE.lie("wants a folder", 8, s -> s.send(want(0))),
        ONE.lie("wants it three times", 8, s -> s.send(want(0), want(0), want(0))),
        ranges("more than there is", 0, 6),
        ranges("what begins beyond", 262_144, 5),
        ranges("what begins within a chunk", 1, 4),
        ranges("less than a chunk", 0, 4),
        ranges("nothing of it", 0, 0),
        ranges("a negative range", -1, 5),
        ranges("an endless range", 0, Long.MAX_VALUE),
        ranges("a range that overflows", Long.MAX_VALUE, Long.MAX_VALUE),
        ONE.broken(
            "wants ranges that overlap",
            RawFrame.of(WANT).u16(1).u32(0).u16(2).u64(0).u64(5).u64(0).u64(5)),
        ONE.broken("wants ranges that are not there", RawFrame.of(WANT).u16(1).u32(0).u16(0xFFFE)),
        ONE.broken("wants many that are not there", RawFrame.of(WANT).u16(0xFFFF)));
  }

  private static Lie ranges(String what, long offset, long length) {
    return ONE.broken(
        "wants " + what, RawFrame.of(WANT).u16(1).u32(0).u16(1).u64(offset).u64(length));
  }

  private static Stream<Lie> results() {
    Result many = new Result(0, 1, Status.UNCHANGED, null);
    return Stream.of(
        ONE.lie("has it without content", 8, s -> s.send(results(DONE))),
        ONE.lie("has what it wanted too early", 8, s -> s.send(results(DONE), want(0))),
        ONE.lie("has entry 1", 8, s -> s.send(results(new Result(1, 1, Status.DONE, null)))),
        ONE.lie("has all", 8, s -> s.send(results(new Result(0, 1L << 31, Status.DONE, null)))),
        ONE.broken("has nothing", RawFrame.of(RESULT).u16(1).u32(0).u32(0).u8(1)),
        ONE.broken("an unknown status", RawFrame.of(RESULT).u16(1).u32(0).u32(1).u8(4)),
        ONE.broken("many that are not there", RawFrame.of(RESULT).u16(0xFFFF)),
        ONE.lie("says it twice", 8, s -> s.send(results(many), results(many))),
        ONE.lie(
            "says it 65,535 times",
            8,
            s -> s.send(new Frame.Results(Collections.nCopies(0xFFFF, many)))),
        failed("no room", 5, 19),
        failed("no reason", 5, 0),
        failed("an unknown reason", 5, 0xFFFF),
        failed("a defect", 5, 26),
        ONE.lie("damage", 3, s -> failed(s, 23).expect(PUT).cut()));
  }

  private static Lie failed(String what, int exit, int code) {
    return ONE.lie(what, exit, s -> failed(s, code));
  }

  private static Script failed(Script script, int code) {
    Result failed = new Result(0, 1, Status.FAILED, new Reason(code, TEXT));
    return script.send(results(failed), new Frame.JobDone(0, 0, 0, 1, 0));
  }

  private static Stream<Lie> endings() {
    return Stream.of(
        ONE.lie("is done at once", 8, s -> s.send(new Frame.JobDone(1, 0, 0, 0, 5))),
        ONE.lie(
            "is done while it wants", 8, s -> s.send(want(0), new Frame.JobDone(1, 0, 0, 0, 5))),
        ONE.lie("aborts", 5, s -> s.send(LiesInReplies.abort(TEXT))),
        ONE.lie("aborts twice", 5, s -> s.send(LiesInReplies.abort(""), LiesInReplies.abort(""))),
        ONE.lie("an ERROR that is no last word", 8, s -> s.send(LiesAtGreeting.failure(11, TEXT))),
        ONE.lie("a last word", 8, s -> s.send(LiesAtGreeting.failure(1, TEXT))),
        ONE.lie("goes down", 3, s -> s.send(LiesAtGreeting.failure(5, TEXT))),
        ONE.lie("hangs up", 3, Script::cut),
        ONE.lie("hangs up with the content", 3, s -> s.send(want(0)).expect(DATA).cut()),
        ONE.lie("resets", 3, Script::reset));
  }

  /** Frames that no receiver sends (spec 3). */
  private static Stream<Lie> others() {
    return Stream.<Frame>of(
            new Frame.Ok(1),
            new Frame.Items(List.of()),
            LiesInGets.file(0, 5, "etc"),
            LiesInGets.end(1),
            new Frame.EntryError(0, Status.FAILED, new Reason(11, TEXT), 0, List.of()),
            new Frame.Get(
                Mode.ALL, true, false, List.of(new Frame.SourcePath(false, List.of("etc")))),
            new Frame.Stat(List.of("etc")),
            new Frame.Checksum(List.of("etc", "passwd")),
            new Frame.Join(1),
            LiesAtGreeting.welcome(1))
        .flatMap(
            frame ->
                Stream.of(SILENT, ONE)
                    .map(scene -> scene.lie("says " + frame, 8, s -> s.send(frame))));
  }

  // ---- words

  private static Frame want(long entry) {
    return new Frame.Wants(List.of(new Want(entry, null)));
  }

  private static Frame results(Result result) {
    return new Frame.Results(List.of(result));
  }
}

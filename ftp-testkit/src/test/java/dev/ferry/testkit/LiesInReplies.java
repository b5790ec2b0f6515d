package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.ATTRIBUTES;
import static dev.ferry.protocol.FrameType.CHECKSUM;
import static dev.ferry.protocol.FrameType.MKDIR;
import static dev.ferry.protocol.FrameType.OK;
import static dev.ferry.protocol.FrameType.REMOVE;
import static dev.ferry.protocol.FrameType.RENAME;
import static dev.ferry.protocol.FrameType.STAT;
import static dev.ferry.protocol.FrameType.SUM;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.Reason;
import dev.ferry.testkit.Lie.Scene;
import java.util.List;
import java.util.stream.Stream;

/** Lies in answer to requests that have one reply (spec 6.2 to 6.7). */
final class LiesInReplies {
  private static final Bytes HASH = Bytes.of(new byte[32]);

  private static final Scene STATUS = Scene.asked(STAT, "stat", "URL/a");
  private static final Scene SUMMING = Scene.asked(CHECKSUM, "sum", "URL/a");
  private static final Scene MAKING = Scene.asked(MKDIR, "mkdir", "URL/a");
  private static final Scene REMOVING = Scene.asked(REMOVE, "rm", "-v", "URL/a");
  private static final Scene MOVING = Scene.asked(RENAME, "mv", "URL/a", "URL/b");

  private LiesInReplies() {}

  static Stream<Lie> all() {
    return Stream.of(
            facts(),
            answers(STATUS, OK, SUM),
            answers(SUMMING, OK, ATTRIBUTES),
            answers(MAKING, ATTRIBUTES, SUM),
            answers(REMOVING, ATTRIBUTES, SUM),
            answers(MOVING, ATTRIBUTES, SUM))
        .flatMap(s -> s);
  }

  private static Stream<Lie> facts() {
    return Stream.of(
        STATUS.broken("an unknown kind", attributes(4, 0, 0)),
        STATUS.broken("a negative size", attributes(0, -1, 0)),
        STATUS.broken("a size of a link", attributes(2, 1, 0)),
        STATUS.broken("a mode beyond 0777", attributes(0, 0, 01777)),
        STATUS.broken("too little", RawFrame.of(ATTRIBUTES).u8(0)),
        STATUS.broken("too much", attributes(0, 0, 0).u8(0)),
        STATUS.lie("the last of all times", 0, s -> s.send(at(Long.MAX_VALUE))),
        STATUS.lie("the first of all times", 0, s -> s.send(at(Long.MIN_VALUE))),
        SUMMING.broken("a short sum", RawFrame.of(SUM).u64(1).raw(new int[31])),
        SUMMING.broken("a long sum", RawFrame.of(SUM).u64(1).raw(new int[33])),
        SUMMING.broken("a negative size", RawFrame.of(SUM).u64(-1).raw(new int[32])),
        MAKING.broken("a negative count", RawFrame.of(OK).u64(-1)),
        REMOVING.lie("removes everything there is", 0, s -> s.send(new Frame.Ok(Long.MAX_VALUE))));
  }

  /** What is an answer, but not to this. */
  private static Stream<Lie> answers(Scene scene, FrameType one, FrameType other) {
    String text = "\u001b[31m\r\u202e\n\u200b";
    return Stream.concat(
        Stream.of(one, other)
            .map(type -> scene.lie("answers " + type, 8, s -> s.send(valid(type)))),
        Stream.of(
            scene.lie("lists", 8, s -> s.send(new Frame.Items(List.of()))),
            scene.lie("ends a list", 8, s -> s.send(LiesAtGreeting.END_OF_NOTHING)),
            scene.lie("hands out a ticket", 8, s -> s.send(ticket())),
            scene.lie("begins a job", 8, s -> s.send(new Frame.Job(Frame.Mode.ALL))),
            scene.lie("ends a job", 8, s -> s.send(new Frame.JobEnd(0, 0))),
            scene.lie("aborts", 8, s -> s.send(abort(text))),
            scene.lie("welcomes again", 8, s -> s.send(LiesAtGreeting.welcome(1))),
            scene.lie("asks for it", 8, s -> s.send(new Frame.Ping())),
            scene.lie("sends content", 8, s -> s.bytes(RawFrame.data(0, 0, (byte) 1).bytes())),
            scene.lie("says no", 5, s -> s.send(LiesAtGreeting.failure(10, text))),
            scene.lie("hangs up", 3, Script::cut)));
  }

  private static Frame valid(FrameType type) {
    return switch (type) {
      case OK -> new Frame.Ok(1);
      case SUM -> new Frame.Sum(1, HASH);
      default -> at(0);
    };
  }

  private static Frame ticket() {
    return new Frame.Ticket(Bytes.of(new byte[16]));
  }

  static Frame abort(String text) {
    return new Frame.Abort(new Reason(10, text));
  }

  private static Frame at(long time) {
    return new Frame.Attributes(new FileAttributes(Kind.FILE, 5, time, 0644));
  }

  private static RawFrame attributes(int kind, long size, int mode) {
    return RawFrame.of(ATTRIBUTES).u8(kind).u64(size).u64(0).u16(mode);
  }
}

package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.ENTRY;
import static dev.ferry.protocol.FrameType.GET;
import static dev.ferry.protocol.FrameType.JOB_DONE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Reason;
import dev.ferry.testkit.Lie.Scene;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Lies of the sender of a job (spec 7.3, 7.4, 7.6), to {@code get} and {@code cat}. */
final class LiesInGets {
  private static final String TEXT = "\u001b[8m\u202e\r\nferry get: done\u0085";

  private static final Scene ONE = scene("get", "-P", "1", "URL/wanted", "got");
  private static final Scene AS = scene("get", "-P", "1", "URL/wanted", "got/new");
  private static final Scene TWO = scene("get", "-P", "1", "URL/wanted", "URL/two", "got");
  private static final Scene MATCHING = scene("get", "-P", "1", "URL/*.txt", "got");
  private static final Scene DEEP = scene("get", "-r", "-P", "1", "URL/wanted", "got");
  private static final Scene ALL = scene("get", "-r", "-P", "1", "URL/", "got");
  private static final Scene CAT = scene("cat", "URL/wanted");

  private LiesInGets() {}

  static Scene scene(String... command) {
    return Scene.asked(GET, command);
  }

  static Stream<Lie> all() {
    return Stream.of(
            Stream.of(ONE, AS, CAT).flatMap(LiesInGets::unasked),
            matches(),
            deep(),
            attributes(),
            Stream.of(ONE, DEEP, CAT).flatMap(LiesInGets::numbers),
            Stream.of(ONE, CAT).flatMap(LiesInGets::troubles),
            Stream.of(ONE, CAT).flatMap(LiesInGets::others),
            Stream.of(
                troubled(CAT, "damage", 7, 23, TEXT),
                ONE.lie("damage, four times", 7, LiesInGets::damage)))
        .flatMap(s -> s);
  }

  /** One file is wanted, and nothing else. */
  private static Stream<Lie> unasked(Scene scene) {
    return Stream.of(
        scene.lie("another name", 8, s -> whole(s, "other")),
        scene.lie("the folder above", 8, s -> whole(s, "..")),
        scene.lie("an absolute name", 8, s -> whole(s, "/etc/passwd")),
        scene.lie("a way up and down", 8, s -> whole(s, "..", "wanted")),
        scene.lie("no name", 8, LiesInGets::whole),
        scene.lie("a file below it", 8, s -> whole(s, "wanted", "below")),
        scene.lie("a way up below it", 8, s -> whole(s, "wanted", "..", "..", "file")),
        scene.lie("a folder of that name", 8, s -> s.send(folder(0, "wanted")).send(end(1))),
        scene.lie(
            "a folder and more",
            8,
            s -> s.send(folder(0, "wanted"), file(1, 0, "wanted", "x")).send(end(2))));
  }

  private static Stream<Lie> matches() {
    return Stream.of(
        MATCHING.lie("a name that does not match", 8, s -> whole(s, "secret")),
        MATCHING.lie("a hidden name", 8, s -> whole(s, ".a.txt")),
        MATCHING.lie("a folder that matches", 8, s -> s.send(folder(0, "a.txt")).send(end(1))),
        MATCHING.lie("a match with a slash", 6, s -> whole(s, "x/../../file.txt")),
        MATCHING.lie("a match with a NUL", 6, s -> whole(s, "x\0.txt")),
        MATCHING.lie("the end of a line", 0, s -> whole(s, TEXT + ".txt")).leaving(TEXT + ".txt"),
        TWO.lie("the second name first", 8, s -> whole(s, "two")),
        TWO.lie("only the first one", 8, s -> whole(s, "wanted")).leaving("wanted"),
        AS.lie("what was wanted", 0, s -> whole(s, "wanted")).leaving("new"));
  }

  private static Stream<Lie> deep() {
    String[] many = Collections.nCopies(129, "wanted").toArray(String[]::new);
    return Stream.of(
        DEEP.lie("another name", 8, s -> whole(s, "other")),
        DEEP.lie("a way up", 1, s -> below(s, "wanted", "..", "..", "file")).leaving("wanted"),
        DEEP.lie("a slash", 1, s -> below(s, "wanted", "/etc/passwd")).leaving("wanted"),
        DEEP.lie("a reserved name", 1, s -> below(s, "wanted", ".ferry-staging")).leaving("wanted"),
        DEEP.lie("a path too deep", 1, s -> below(s, many)).leaving("wanted"),
        DEEP.lie("a folder that never came", 1, s -> below(s, "wanted", "no", "x"))
            .leaving("wanted"),
        DEEP.lie("a file that holds a file", 1, LiesInGets::belowFile).leaving("wanted"),
        ALL.lie("a way up", 6, s -> whole(s, "..")),
        ALL.lie("the root as a file", 6, LiesInGets::whole),
        ALL.lie("a reserved folder", 6, s -> s.send(folder(0, ".ferry-staging"), end(1))));
  }

  private static Script below(Script script, String... path) {
    return script
        .send(folder(0, "wanted"), file(1, 5, path))
        .bytes(hello(1))
        .send(new Frame.JobEnd(2, 5));
  }

  private static Script belowFile(Script script) {
    return script
        .send(file(0, 5, "wanted"))
        .bytes(hello(0))
        .send(file(1, 5, "wanted", "x"))
        .bytes(hello(1))
        .send(end(2));
  }

  private static Stream<Lie> attributes() {
    return Stream.concat(
        LongStream.of(Long.MIN_VALUE, -1, Long.MAX_VALUE)
            .mapToObj(
                time ->
                    DEEP.lie("the time " + time, 0, s -> with(s, time, 0644)).leaving("wanted")),
        Stream.of(
            DEEP.lie("a mode of nothing", 0, s -> with(s, 0, 0)).leaving("wanted"),
            DEEP.lie("a mode of everything", 0, s -> with(s, 0, 0777)).leaving("wanted"),
            ONE.broken("a set-uid mode", entry().u8(0).u64(5).u64(0).u16(04755).u8(0)),
            ONE.broken("a link", entry().u8(2).u64(0).u64(0).u16(0777).u8(0)),
            ONE.broken("a device", entry().u8(3).u64(0).u64(0).u16(0666).u8(0)),
            ONE.broken("an unknown kind", entry().u8(9).u64(0).u64(0).u16(0666).u8(0)),
            DEEP.broken("a folder of five bytes", entry().u8(1).u64(5).u64(0).u16(0755).u8(0)),
            ONE.broken("a long fingerprint", entry().u8(0).u64(5).u64(0).u16(0).string("x"))));
  }

  private static Stream<Lie> numbers(Scene scene) {
    return Stream.of(
        scene.lie("entry 1 first", 8, s -> s.send(file(1, 5, "wanted"))),
        scene.lie("the last entry first", 8, s -> s.send(file(0xFFFFFFFFL, 5, "wanted"))),
        scene.lie("argument 1 first", 8, s -> s.send(argument(1))),
        scene.lie("argument 65535", 8, s -> s.send(argument(0xFFFF))),
        scene.lie("entry 0 twice", 8, s -> s.send(file(0, 5, "wanted"), file(0, 5, "wanted"))),
        scene.lie("the end at once", 8, s -> s.send(end(0))),
        scene.lie("an end of two", 8, s -> s.send(file(0, 5, "wanted"), end(2))),
        scene.lie("an end of all", 8, s -> s.send(file(0, 5, "wanted"), end(0xFFFFFFFFL))),
        scene.lie("two ends", 8, s -> s.send(file(0, 5, "wanted"), end(1), end(1))),
        scene.lie("more behind the end", 8, LiesInGets::late),
        scene.lie("trouble with entry 7", 8, s -> s.send(trouble(7, Status.FAILED, 11, TEXT))));
  }

  private static Script late(Script script) {
    return script.send(file(0, 5, "wanted"), end(1), file(1, 5, "wanted"));
  }

  private static Stream<Lie> troubles(Scene scene) {
    return Stream.of(
        troubled(scene, "not found", 5, 11, TEXT),
        troubled(scene, "no reason", 5, 0, ""),
        troubled(scene, "an unknown reason", 5, 0xFFFF, TEXT),
        troubled(scene, "a defect", 5, 26, TEXT),
        scene.lie("aborts", 5, s -> s.send(LiesInReplies.abort(TEXT))),
        scene.lie(
            "aborts twice", 5, s -> s.send(LiesInReplies.abort(TEXT), LiesInReplies.abort(TEXT))),
        scene.lie(
            "aborts in the middle",
            5,
            s -> s.send(file(0, 5, "wanted"), LiesInReplies.abort(TEXT))),
        scene.lie("aborts a broken protocol", 8, s -> s.send(new Frame.Abort(new Reason(1, TEXT)))),
        scene.lie(
            "an ERROR that is no last word", 8, s -> s.send(LiesAtGreeting.failure(11, TEXT))),
        scene.lie("a last word", 8, s -> s.send(LiesAtGreeting.failure(1, TEXT))),
        scene.lie("goes down", 3, s -> s.send(LiesAtGreeting.failure(5, TEXT))),
        scene.lie("hangs up", 3, Script::cut),
        scene.lie("hangs up behind ENTRY", 3, s -> s.send(file(0, 5, "wanted")).cut()),
        scene.lie(
            "hangs up in DATA", 3, s -> s.send(file(0, 5, "wanted")).cutAfter(40).bytes(hello(0))),
        scene.lie("resets", 3, s -> s.send(file(0, 5, "wanted")).reset()));
  }

  /** It is tried three times more. */
  private static Script damage(Script script) {
    Script told = script;
    for (int i = 0; i < 3; i++) {
      told = told.send(trouble(0, Status.FAILED, 23, TEXT), end(1)).expect(JOB_DONE, GET);
    }
    return told.send(trouble(0, Status.FAILED, 23, TEXT), end(1));
  }

  private static Lie troubled(Scene scene, String what, int exit, int code, String text) {
    return scene.lie(what, exit, s -> s.send(trouble(0, Status.FAILED, code, text), end(1)));
  }

  /** Frames that no sender sends (spec 3). */
  private static Stream<Lie> others(Scene scene) {
    return Stream.<Frame>of(
            new Frame.Wants(List.of(new Frame.Want(0, null))),
            new Frame.Results(List.of(new Frame.Result(0, 1, Status.DONE, null))),
            new Frame.JobDone(1, 0, 0, 0, 5),
            new Frame.Job(Mode.ALL),
            new Frame.Ok(1),
            new Frame.Items(List.of()),
            new Frame.Get(
                Mode.ALL, true, false, List.of(new Frame.SourcePath(false, List.of("etc")))),
            new Frame.Stat(List.of("etc")),
            new Frame.Join(1),
            new Frame.Quit(),
            LiesAtGreeting.welcome(1),
            LiesAtGreeting.HELLO_FRAME)
        .flatMap(
            frame ->
                Stream.<UnaryOperator<Script>>of(s -> s, s -> s.send(file(0, 5, "wanted")))
                    .map(first -> scene.lie("says " + frame, 8, s -> first.apply(s).send(frame))));
  }

  // ---- words

  /** One file of that path, all right but for that. */
  private static Script whole(Script script, String... path) {
    return script.send(file(0, 5, path)).bytes(hello(0)).send(end(1));
  }

  private static Script with(Script script, long time, int mode) {
    return script
        .send(
            new Frame.Entry(
                0,
                0,
                List.of("wanted"),
                new FileAttributes(Kind.FOLDER, 0, time, mode),
                Bytes.NONE),
            new Frame.Entry(
                1,
                0,
                List.of("wanted", "x"),
                new FileAttributes(Kind.FILE, 5, time, mode),
                Bytes.NONE))
        .bytes(hello(1))
        .send(end(2));
  }

  static Frame file(long number, long size, String... path) {
    return new Frame.Entry(
        number, 0, List.of(path), new FileAttributes(Kind.FILE, size, 1, 0644), Bytes.NONE);
  }

  private static Frame argument(int argument) {
    return new Frame.Entry(
        0, argument, List.of("wanted"), new FileAttributes(Kind.FILE, 5, 1, 0644), Bytes.NONE);
  }

  private static Frame folder(long number, String... path) {
    return new Frame.Entry(
        number, 0, List.of(path), new FileAttributes(Kind.FOLDER, 0, 1, 0755), Bytes.NONE);
  }

  private static Frame trouble(long number, Status status, int code, String text) {
    return new Frame.EntryError(number, status, new Reason(code, text), 0, List.of(text, ".."));
  }

  static Frame end(long entries) {
    return new Frame.JobEnd(entries, 5);
  }

  /** The whole content of a file of five bytes. */
  static byte[] hello(long entry) {
    OneChunk hello = OneChunk.of("hello");
    return RawFrame.last(entry, 0, hello.contentHash(), "hello".getBytes(UTF_8)).bytes();
  }

  static RawFrame entry() {
    return RawFrame.of(ENTRY).u32(0).u16(0).u8(1).string("wanted");
  }
}

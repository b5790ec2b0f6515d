package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.ALIVE;
import static dev.ferry.protocol.FrameType.BUSY;
import static dev.ferry.protocol.FrameType.CHALLENGE;
import static dev.ferry.protocol.FrameType.HELLO;
import static dev.ferry.protocol.FrameType.LIST;
import static dev.ferry.protocol.FrameType.LOGIN;
import static dev.ferry.protocol.FrameType.WELCOME;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Reason;
import dev.ferry.testkit.Lie.Scene;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lies up to WELCOME (spec 5), told to somebody who logs in without a name. */
final class LiesAtGreeting {
  static final Frame HELLO_FRAME = new Frame.Hello(1, 1, "liar/1", List.of());
  static final Frame END_OF_NOTHING = new Frame.ListEnd(0, 0);

  private static final String ESCAPES = "\u001b]0;x\u0007";
  private static final int UNKNOWN = 0x77;

  private static final Scene FIRST = Scene.of(Script.begin().expect(HELLO, LOGIN), "ls", "URL/");
  private static final Scene SECOND =
      Scene.of(Script.begin().expect(HELLO, LOGIN).send(HELLO_FRAME), "ls", "URL/a");
  private static final Scene THIRD =
      Scene.of(Script.begin().expect(HELLO, LOGIN).send(HELLO_FRAME).expect(LIST), "ls", "URL/b");

  private LiesAtGreeting() {}

  static Stream<Lie> all() {
    return Stream.of(strangers(), hellos(), lastWords(), welcomes(), frames()).flatMap(s -> s);
  }

  private static Stream<Lie> strangers() {
    return Stream.of(
        FIRST.lie("speaks SSH", 8, s -> s.bytes("SSH-2.0-OpenSSH_9.6\r\n".getBytes(US_ASCII))),
        FIRST.lie("speaks HTTP", 8, s -> s.bytes("HTTP/1.1 400 Bad\r\n\r\n".getBytes(US_ASCII))),
        FIRST.lie("speaks FTP", 8, s -> s.bytes("220 \u001b[2J ready\r\n".getBytes(US_ASCII))),
        FIRST.lie("speaks TLS", 8, s -> s.bytes(new byte[] {0x15, 3, 3, 0, 2, 2, 40, 0, 0})),
        FIRST.lie("says zeros", 8, s -> s.bytes(new byte[64])),
        FIRST.lie("hangs up", 3, Script::cut),
        FIRST.lie("resets", 3, Script::reset),
        FIRST.lie("hangs up in HELLO", 3, s -> s.cutAfter(9).send(HELLO_FRAME)),
        FIRST.lie("claims a frame of 4 GiB", 8, s -> s.bytes(head(0xFFFFFFFF, HELLO.code()))),
        FIRST.lie("claims a frame of 4 KiB and 1", 8, s -> s.bytes(head(4097, HELLO.code()))));
  }

  private static Stream<Lie> hellos() {
    return Stream.of(
        FIRST.broken("another magic", RawFrame.of(HELLO).raw(1, 2, 3, 4).u16(1).u16(1)),
        FIRST.broken("versions 2 to 1", hello(2, 1).string("x").u16(0)),
        FIRST.broken("a software of 65 bytes", hello(1, 1).string("x".repeat(65)).u16(0)),
        FIRST.broken("a software that is not there", hello(1, 1).u16(60).raw(1, 2)),
        FIRST.broken("a software that is not UTF-8", hello(1, 1).string((byte) 0xC3).u16(0)),
        FIRST.broken("65 features", hello(1, 1).string("x").u16(65).raw(new int[130])),
        FIRST.broken("a feature of 65 bytes", hello(1, 1).string("x").u16(1).raw(0, 65)),
        FIRST.broken("a byte behind the end", hello(1, 1).string("x").u16(0).u8(0)),
        FIRST.lie("versions of tomorrow", 8, s -> s.bytes(bytes(hello(2, 0xFFFF)))),
        FIRST.lie("versions of yesterday", 8, s -> s.bytes(bytes(hello(0, 0)))),
        FIRST.lie("flags that do not exist", 8, s -> s.bytes(flagged(HELLO.code(), 0x80))),
        FIRST.lie("says HELLO twice", 8, s -> s.send(HELLO_FRAME, HELLO_FRAME)),
        FIRST.lie("begins with ALIVE", 8, s -> s.bytes(RawFrame.of(ALIVE).bytes())),
        FIRST.lie("begins with WELCOME", 8, s -> s.send(welcome(900))),
        FIRST.lie(
            "calls itself by escapes",
            0,
            s ->
                s.send(new Frame.Hello(1, 1, ESCAPES, List.of(ESCAPES)))
                    .expect(LIST)
                    .send(welcome(900), END_OF_NOTHING)));
  }

  private static Stream<Lie> lastWords() {
    String text = "\u001b[2J\u202etxt\r\nferry: all done\u0007";
    return Stream.of(
        FIRST.lie("is busy for ever", 3, s -> s.send(new Frame.Busy(false, 0xFFFF, text))),
        SECOND.lie("is busy after HELLO", 3, s -> s.send(new Frame.Busy(true, 0, text))),
        FIRST.broken("busy for an unknown reason", RawFrame.of(BUSY).u8(3).u16(1).string("x")),
        FIRST.broken("busy with a long text", RawFrame.of(BUSY).u8(1).u16(1).string(longText())),
        FIRST.lie("gives up", 8, s -> s.send(failure(1, text))),
        FIRST.lie("has no common version", 8, s -> s.send(failure(2, text))),
        SECOND.lie("refuses the login", 4, s -> s.send(failure(3, text))),
        SECOND.lie("is going down", 3, s -> s.send(failure(5, text))),
        SECOND.lie("refuses with an unknown code", 5, s -> s.send(failure(0xFFFF, text))),
        SECOND.lie("refuses without a code", 5, s -> s.send(failure(0, ""))),
        SECOND.lie("hangs up after HELLO", 3, Script::cut));
  }

  private static Stream<Lie> welcomes() {
    return Stream.of(
        SECOND.broken("a role 9", RawFrame.of(WELCOME).u8(9).string("a").u32(1).u8(0)),
        SECOND.broken("no session", RawFrame.of(WELCOME).u8(0).string("").u32(1).u8(0)),
        SECOND.broken("an escape", RawFrame.of(WELCOME).u8(0).string("\u001b").u32(1).u8(0)),
        SECOND.broken(
            "a long session", RawFrame.of(WELCOME).u8(0).string("a".repeat(33)).u32(1).u8(0)),
        SECOND.broken("a short proof", RawFrame.of(WELCOME).u8(0).string("a").u32(1).u8(1).u8(0)),
        SECOND.lie(
            "proves what nobody asked for",
            8,
            s -> s.send(new Frame.Welcome(Role.ADMIN, "a", 900, Bytes.of(new byte[32])))),
        SECOND.lie("asks for a password", 8, s -> s.send(challenge(600_000))),
        SECOND.broken("a short challenge", RawFrame.of(CHALLENGE).raw(new int[31])),
        SECOND.lie("welcomes twice", 8, s -> s.send(welcome(900), welcome(900))),
        SECOND.lie("answers before it welcomes", 8, s -> s.send(END_OF_NOTHING)),
        THIRD.lie("is idle at once", 0, s -> s.send(welcome(0), END_OF_NOTHING)),
        THIRD.lie("is never idle", 0, s -> s.send(welcome(0xFFFFFFFFL), END_OF_NOTHING)));
  }

  private static Stream<Lie> frames() {
    byte[] skipped = flagged(UNKNOWN, 1);
    return Stream.of(
        SECOND.lie("says something unknown", 8, s -> s.bytes(flagged(UNKNOWN, 0))),
        SECOND.lie("says something unknown and large", 8, s -> s.bytes(head(4097, UNKNOWN))),
        THIRD.lie(
            "says a thousand things that may be skipped",
            0,
            s -> s.bytes(times(1000, skipped)).send(welcome(900), END_OF_NOTHING)),
        SECOND.lie("lives noisily", 8, s -> s.bytes(RawFrame.of(ALIVE).u8(1).bytes())),
        THIRD.lie(
            "lives a thousand times",
            0,
            s ->
                s.bytes(times(1000, RawFrame.of(ALIVE).bytes()))
                    .send(welcome(900), END_OF_NOTHING)));
  }

  // ---- words

  static Frame welcome(long idle) {
    return new Frame.Welcome(Role.WRITER, "liar", idle, Bytes.NONE);
  }

  static Frame challenge(long iterations) {
    return new Frame.Challenge(Bytes.of(new byte[32]), Bytes.of(new byte[16]), iterations);
  }

  static Frame failure(int code, String text) {
    return new Frame.Failure(new Reason(code, text), Frame.Failure.NO_COMPONENT);
  }

  static String longText() {
    return "x".repeat(1025);
  }

  private static RawFrame hello(int lowest, int highest) {
    return RawFrame.of(HELLO).raw(0x46, 0x45, 0x52, 0x59).u16(lowest).u16(highest);
  }

  private static byte[] bytes(RawFrame hello) {
    return hello.string("x").u16(0).bytes();
  }

  /** The header of a frame whose payload never comes. */
  static byte[] head(int length, int type) {
    return java.nio.ByteBuffer.allocate(8).putInt(length).put((byte) type).array();
  }

  /** A frame without a payload. */
  static byte[] flagged(int type, int flags) {
    return new byte[] {0, 0, 0, 0, (byte) type, (byte) flags, 0, 0};
  }

  static byte[] times(int count, byte... bytes) {
    byte[] all = Arrays.copyOf(bytes, count * bytes.length);
    IntStream.range(1, count)
        .forEach(i -> System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length));
    return all;
  }
}

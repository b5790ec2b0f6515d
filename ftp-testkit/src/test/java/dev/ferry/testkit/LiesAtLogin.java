package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.CHALLENGE;
import static dev.ferry.protocol.FrameType.HELLO;
import static dev.ferry.protocol.FrameType.LOGIN;
import static dev.ferry.protocol.FrameType.PING;
import static dev.ferry.protocol.FrameType.PROOF;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.testkit.Lie.Scene;
import dev.ferry.transfer.login.Token;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Lies to somebody who logs in with a secret (spec 5.5 to 5.9): all have to be proven. */
final class LiesAtLogin {
  private static final Bytes ZEROS = Bytes.of(new byte[32]);
  private static final String NAME = "FERRY_PASSWORD";

  private static final Scene PASSWORD = scene("ls", "USER/").with(NAME, "correct horse battery");
  private static final Scene TOKEN =
      scene("ls", "URL/").with("FERRY_TOKEN", Token.issue(Token.newId(), Token.newSecret()).text());
  private static final Scene REGISTER =
      scene("register", "USER/").with(NAME, "correct horse battery");

  private LiesAtLogin() {}

  private static Scene scene(String... command) {
    Script script = Script.begin().expect(HELLO, LOGIN).send(LiesAtGreeting.HELLO_FRAME);
    return Scene.of(script, command);
  }

  static Stream<Lie> all() {
    return Stream.of(iterations(), passwords(), tokens(), registrations()).flatMap(s -> s);
  }

  private static Stream<Lie> iterations() {
    return LongStream.of(0, 1, 99_999, 5_000_001, 0x7FFFFFFF, 0xFFFFFFFFL)
        .mapToObj(
            count ->
                PASSWORD.lie(
                    "wants it hashed %d times".formatted(count),
                    8,
                    s -> s.send(LiesAtGreeting.challenge(count))));
  }

  private static Stream<Lie> passwords() {
    return Stream.of(
        PASSWORD.lie("lets everybody in", 8, s -> s.send(welcome(Bytes.NONE))),
        PASSWORD.lie("knows no proof", 4, s -> asked(s, 16).send(welcome(Bytes.NONE))),
        PASSWORD.lie("makes a proof up", 4, s -> asked(s, 16).send(welcome(ZEROS))),
        PASSWORD.lie("uses no salt", 4, s -> asked(s, 0).send(welcome(ZEROS))),
        PASSWORD.lie("uses much salt", 4, s -> asked(s, 255).send(welcome(ZEROS))),
        PASSWORD.lie("asks again", 8, s -> asked(s, 16).send(LiesAtGreeting.challenge(100_000))),
        PASSWORD.lie(
            "refuses with escapes",
            4,
            s -> asked(s, 16).send(LiesAtGreeting.failure(3, "\u001b[1A\u202e no"))),
        PASSWORD.lie("hangs up", 3, s -> asked(s, 16).cut()),
        PASSWORD.broken("a salt that is not there", RawFrame.of(CHALLENGE).raw(new int[32]).u8(9)),
        PASSWORD.lie("answers at once", 8, s -> s.send(LiesAtGreeting.END_OF_NOTHING)));
  }

  private static Stream<Lie> tokens() {
    return Stream.of(
        TOKEN.lie("knows no proof", 4, s -> s.send(welcome(Bytes.NONE))),
        TOKEN.lie("makes a proof up", 4, s -> s.send(welcome(ZEROS))),
        TOKEN.lie("asks for a password", 8, s -> s.send(LiesAtGreeting.challenge(600_000))),
        TOKEN.lie("refuses", 4, s -> s.send(LiesAtGreeting.failure(3, ""))));
  }

  private static Stream<Lie> registrations() {
    return Stream.of(
        REGISTER.lie("refuses", 4, s -> s.send(LiesAtGreeting.failure(3, "\u0007"))),
        REGISTER.lie("asks for a password", 8, s -> s.send(LiesAtGreeting.challenge(600_000))),
        REGISTER.lie("proves something", 8, s -> s.send(welcome(ZEROS))),
        REGISTER.lie(
            "answers with a sum",
            8,
            s -> s.send(welcome(Bytes.NONE)).expect(PING).send(new Frame.Sum(1, ZEROS))),
        REGISTER.lie("hangs up", 3, Script::cut));
  }

  private static Script asked(Script script, int salt) {
    return script.send(new Frame.Challenge(ZEROS, Bytes.of(new byte[salt]), 100_000)).expect(PROOF);
  }

  private static Frame welcome(Bytes proof) {
    return new Frame.Welcome(Role.WRITER, "liar", 900, proof);
  }
}

package dev.ferry.transfer.link;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.ProofException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Both halves of HELLO and LOGIN (spec 5.1, 5.2). */
public final class Greeting {
  public static final int VERSION = 1;

  private Greeting() {}

  // ---- the client's half

  /**
   * Sends HELLO and LOGIN without waiting; the first requests may follow at once, unless the login
   * {@linkplain Credential.Exchange#isAskedBack is asked back}. Does not flush.
   */
  public static void say(Link link, String software, Credential.Exchange login) throws IOException {
    link.send(hello(software));
    link.send(login.login());
  }

  /**
   * Reads the server's HELLO and CHALLENGE; the {@linkplain Credential.Exchange#answer answer} and
   * the first requests may follow. Throws as {@link #hear} does.
   */
  public static Frame.Challenge asked(Link link) throws IOException {
    hearHello(link);
    if (!(answered(link) instanceof Frame.Challenge challenge)) {
      throw new ProtocolException("no CHALLENGE where one has to come (spec 5.6)");
    }
    return challenge;
  }

  /**
   * Reads the server's HELLO, unless {@link #asked} has, and WELCOME.
   *
   * @throws BusyException if the server has no room
   * @throws RefusedException if it refuses the version or the login
   * @throws ProofException if it does not prove what it has to know
   * @throws ProtocolException if it is no Ferry server
   */
  public static Frame.Welcome hear(Link link, Credential.Exchange login) throws IOException {
    if (!login.isAskedBack()) {
      hearHello(link);
    }
    if (!(answered(link) instanceof Frame.Welcome welcome)) {
      throw new ProtocolException("no WELCOME where it has to come (spec 5.2)");
    }
    login.check(welcome.proof());
    link.loggedIn();
    return welcome;
  }

  private static void hearHello(Link link) throws IOException {
    Frame.Hello hello =
        switch (first(link, FrameType.HELLO, FrameType.BUSY, FrameType.ERROR)) {
          case Frame.Hello f -> f;
          case Frame.Busy f -> throw new BusyException(f);
          case Frame.Failure f -> throw new RefusedException(f.reason());
          case Frame f -> throw unexpected(f);
        };
    if (hello.lowest() > VERSION || hello.highest() < VERSION) {
      throw new RefusedException(ErrorCode.VERSION, versions(hello));
    }
    link.compresses(compresses(hello));
  }

  /** What the server answers to a login; no is thrown. */
  private static Frame answered(Link link) throws IOException {
    return switch (link.read()) {
      case Frame.Challenge f -> f;
      case Frame.Welcome f -> f;
      case Frame.Busy f -> throw new BusyException(f);
      case Frame.Failure f -> throw new RefusedException(f.reason());
      case Frame f -> throw unexpected(f);
    };
  }

  // ---- the server's half

  /**
   * Reads the client's HELLO and LOGIN, and answers HELLO. The caller answers the LOGIN with
   * WELCOME and then calls {@link Link#loggedIn()}, or with ERROR.
   *
   * @throws RefusedException if there is no common version: answer ERROR and close
   * @throws ConnectionLostException also if the client gave up with an ERROR, which has no answer
   * @throws ProtocolException if it is no Ferry client
   */
  public static Frame.Login receive(Link link, String software) throws IOException {
    Frame.Hello hello =
        switch (first(link, FrameType.HELLO, FrameType.ERROR)) {
          case Frame.Hello f -> f;
          case Frame.Failure f -> throw gaveUp(link, f);
          case Frame f -> throw unexpected(f);
        };
    link.compresses(compresses(hello));
    link.sendNow(hello(software));
    if (hello.lowest() > VERSION || hello.highest() < VERSION) {
      throw new RefusedException(ErrorCode.VERSION, versions(hello));
    }
    return switch (link.read()) {
      case Frame.Login f -> f;
      case Frame.Failure f -> throw gaveUp(link, f);
      case Frame f -> throw unexpected(f);
    };
  }

  /** Asks the client back about its password, and reads its answer. */
  public static Bytes ask(Link link, Frame.Challenge challenge) throws IOException {
    link.sendNow(challenge);
    return switch (link.read()) {
      case Frame.Proof f -> f.proof();
      case Frame.Failure f -> throw gaveUp(link, f);
      case Frame f -> throw unexpected(f);
    };
  }

  private static ConnectionLostException gaveUp(Link link, Frame.Failure failure) {
    return link.lost("gave up: " + failure.reason().said());
  }

  // ---- both

  /** The peer's first frame; whatever else comes shows that it speaks something else. */
  private static Frame first(Link link, FrameType... allowed) throws IOException {
    FrameHeader header;
    try {
      header = link.first();
    } catch (ProtocolException e) {
      throw new ProtocolException(
          "%s does not speak Ferry without encryption (%s)".formatted(link.peer(), e.getMessage()));
    }
    if (header == null) {
      throw link.lost("closed the connection before it said anything");
    }
    if (!Arrays.asList(allowed).contains(header.type())) {
      throw new ProtocolException("%s did not begin with HELLO (spec 5.1)".formatted(link.peer()));
    }
    return link.control(header);
  }

  private static Frame.Hello hello(String software) {
    return new Frame.Hello(VERSION, VERSION, software, features());
  }

  private static List<String> features() {
    return Zstd.isAvailable() ? List.of(Zstd.FEATURE) : List.of();
  }

  private static boolean compresses(Frame.Hello hello) {
    return Zstd.isAvailable() && hello.features().contains(Zstd.FEATURE);
  }

  private static String versions(Frame.Hello hello) {
    return "the other side speaks protocol versions %d to %d, this one %d"
        .formatted(hello.lowest(), hello.highest(), VERSION);
  }

  private static ProtocolException unexpected(Frame frame) {
    return new ProtocolException("%s during the greeting (spec 5)".formatted(frame.type()));
  }
}

package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.FrameStream.Seen;
import dev.ferry.protocol.WireVector.Check;
import dev.ferry.protocol.WireVector.Expected;
import dev.ferry.protocol.WireVector.Piece;
import dev.ferry.protocol.WireVector.State;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorsTest {
  /** What came of a vector: the frames up to the end or to the first fault. */
  private record Run(
      List<Expected> frames, List<Seen> seen, ProtocolException fault, int pending) {}

  /** How one piece is cut before it is fed. */
  private interface Cut {
    List<byte[]> of(byte[] bytes);
  }

  static List<WireVector> all() {
    return Vectors.all();
  }

  static Stream<WireVector> wellFormed() {
    return all().stream().filter(WireVector::decodes);
  }

  static Stream<WireVector> badNames() {
    return all().stream().filter(vector -> vector.check() == Check.NAMES);
  }

  @ParameterizedTest
  @MethodSource("all")
  void endsAsItSaysWhenItComesInOnePiece(WireVector vector) {
    check(vector, run(vector, List::of));
  }

  @ParameterizedTest
  @MethodSource("all")
  void endsAsItSaysOneByteAtATime(WireVector vector) {
    check(vector, run(vector, VectorsTest::singleBytes));
  }

  @ParameterizedTest
  @MethodSource("all")
  void endsAsItSaysInPiecesOfAnySize(WireVector vector) {
    Random random = new Random(vector.name().hashCode());
    for (int round = 0; round < 10; round++) {
      check(vector, run(vector, bytes -> pieces(bytes, random)));
    }
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void isWhatTheEncoderMakesOfItsFrames(WireVector vector) {
    Run run = run(vector, List::of);
    assertThat(run.seen).isNotEmpty();
    for (Seen seen : run.seen) {
      if (seen.frame() != null && vector.encodes()) {
        assertThat(Bytes.of(toArray(FrameCodec.encode(seen.frame())))).isEqualTo(seen.bytes());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("badNames")
  void aBadNameIsRefusedByThePathAlone(WireVector vector) {
    List<List<String>> paths =
        run(vector, List::of).seen.stream().flatMap(seen -> Paths.of(seen.frame())).toList();
    assertThat(vector.outcome()).isEqualTo("invalid BAD-NAME");
    assertThat(paths).isNotEmpty().anyMatch(path -> !isPath(path));
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void theNamesOfAValidOneAreGood(WireVector vector) {
    if (vector.check() != Check.NAMES && !vector.name().equals("exchange-bad-name-goes-on")) {
      assertThat(run(vector, List::of).seen.stream().flatMap(seen -> Paths.of(seen.frame())))
          .allMatch(VectorsTest::isPath);
    }
  }

  @Test
  void manyFramesInOnePieceAreCutApart() throws Exception {
    Random random = new Random(4);
    ByteArrayOutputStream sticky = new ByteArrayOutputStream();
    List<String> expected = new ArrayList<>();
    for (WireVector vector : all()) {
      if (vector.is("valid") && vector.state() != State.GREETING) {
        vector.pieces().forEach(piece -> sticky.writeBytes(piece.bytes().toArray()));
        vector.frames().forEach(frame -> expected.add(frame.text()));
      }
    }
    assertThat(expected).hasSizeGreaterThan(60);
    for (Cut cut : List.<Cut>of(List::of, bytes -> pieces(bytes, random))) {
      FrameStream stream = new FrameStream(Limits.PAYLOAD);
      List<String> texts = new ArrayList<>();
      for (byte[] piece : cut.of(sticky.toByteArray())) {
        stream.feed(piece).stream()
            .map(Seen::text)
            .filter(text -> text != null)
            .forEach(texts::add);
      }
      assertThat(texts).isEqualTo(expected);
      assertThat(stream.pending()).isZero();
    }
  }

  @Test
  void everyTypeOfFrameHasAValidVector() {
    Set<FrameType> missing = EnumSet.allOf(FrameType.class);
    for (WireVector vector : all()) {
      if (vector.is("valid") && vector.pieces().size() == 1) {
        missing.remove(FrameType.of(vector.pieces().getFirst().bytes().toArray()[4]));
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void theExampleOfTheSpecificationIsTheVector() {
    assertThat(Vectors.exampleOfTheSpecification())
        .isEqualTo(Vectors.named("exchange-get").pieces());
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysWhereTheRuleStands(WireVector vector) {
    assertThat(vector.spec()).matches("\\d+(\\.\\d+)?(, \\d+(\\.\\d+)?)*");
    assertThat(vector.outcome())
        .matches("valid|skipped|incomplete|invalid (PROTOCOL|BAD-NAME|BAD-HASH|LOGIN-REFUSED)");
    if (vector.is("valid")) {
      assertThat(vector.frames()).isNotEmpty();
    }
  }

  private static void check(WireVector vector, Run run) {
    switch (vector.outcome()) {
      case "valid" -> {
        assertThat(run.fault).isNull();
        assertThat(run.pending).isZero();
        assertThat(run.frames).isEqualTo(vector.frames());
      }
      case "skipped" -> {
        assertThat(run.fault).isNull();
        assertThat(run.pending).isZero();
        assertThat(run.frames).isEmpty();
        assertThat(run.seen).isNotEmpty();
      }
      case "incomplete" -> {
        assertThat(run.fault).isNull();
        assertThat(run.pending).isPositive();
        assertThat(run.frames).isEmpty();
      }
      default -> {
        if (vector.check() == Check.FRAME) {
          assertThat(run.fault).isNotNull().hasMessageMatching("(?s).*\\(spec [0-9., ]+\\)");
        } else {
          assertThat(run.fault).isNull();
          if (!vector.frames().isEmpty()) {
            assertThat(run.frames).isEqualTo(vector.frames());
          }
        }
      }
    }
  }

  private static Run run(WireVector vector, Cut cut) {
    int limit = vector.state() == State.GREETING ? Limits.PAYLOAD_BEFORE_LOGIN : Limits.PAYLOAD;
    FrameStream client = new FrameStream(limit);
    FrameStream server = new FrameStream(limit);
    List<Expected> frames = new ArrayList<>();
    List<Seen> all = new ArrayList<>();
    try {
      for (Piece piece : vector.pieces()) {
        FrameStream stream = piece.fromClient() ? client : server;
        for (byte[] bytes : cut.of(piece.bytes().toArray())) {
          for (Seen seen : stream.feed(bytes)) {
            all.add(seen);
            if (seen.text() != null) {
              frames.add(new Expected(piece.fromClient(), seen.text()));
            }
            if (seen.frame() instanceof Frame.Welcome) {
              client.loggedIn();
              server.loggedIn();
            }
          }
        }
      }
      return new Run(frames, all, null, client.pending() + server.pending());
    } catch (ProtocolException fault) {
      return new Run(frames, all, fault, 0);
    }
  }

  private static List<byte[]> singleBytes(byte[] bytes) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte b : bytes) {
      pieces.add(new byte[] {b});
    }
    return pieces;
  }

  private static List<byte[]> pieces(byte[] bytes, Random random) {
    List<byte[]> pieces = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      int end = Math.min(bytes.length, at + random.nextInt(1, 40));
      pieces.add(Arrays.copyOfRange(bytes, at, end));
      at = end;
    }
    return pieces;
  }

  private static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static boolean isPath(List<String> components) {
    try {
      TreePath.of(components);
      return true;
    } catch (BadNameException e) {
      return false;
    }
  }

  /** The paths that a frame carries. */
  private static final class Paths {
    static Stream<List<String>> of(Frame frame) {
      return switch (frame) {
        case null -> Stream.of();
        case Frame.ListFolder f -> Stream.of(f.path());
        case Frame.Stat f -> Stream.of(f.path());
        case Frame.MakeFolder f -> Stream.of(f.path());
        case Frame.Remove f -> Stream.of(f.path());
        case Frame.Rename f -> Stream.of(f.from(), f.to());
        case Frame.Checksum f -> Stream.of(f.path());
        case Frame.Items f -> f.items().stream().map(Frame.Item::path);
        case Frame.Get f -> f.sources().stream().map(Frame.SourcePath::path);
        case Frame.Put f ->
            Stream.concat(
                Stream.of(f.target()),
                f.names().stream().filter(name -> !name.isEmpty()).map(List::of));
        case Frame.Entry f -> Stream.of(f.path());
        case Frame.EntryError f -> Stream.of(f.path());
        default -> Stream.of();
      };
    }
  }
}

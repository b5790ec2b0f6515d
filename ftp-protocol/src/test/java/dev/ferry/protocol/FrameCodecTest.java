package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Range;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.Frame.Want;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {
  static Stream<Frame> beyondTheirLimits() {
    FileAttributes file = new FileAttributes(Kind.FILE, 5, 0, 0644);
    return Stream.of(
        new Frame.Hello(1, 1, "s".repeat(65), List.of()),
        new Frame.Hello(1, 1, "", Collections.nCopies(65, "f")),
        new Frame.Hello(1, 65_536, "", List.of()),
        new Frame.Login(9, "u".repeat(5_000), Bytes.NONE),
        new Frame.Login(256, "", Bytes.NONE),
        new Frame.Welcome(Frame.Role.READER, "s".repeat(33), 900, Bytes.NONE),
        new Frame.Welcome(Frame.Role.READER, "s", 1L << 32, Bytes.NONE),
        new Frame.Stat(Collections.nCopies(256, "d")),
        new Frame.Stat(List.of("n".repeat(65_536))),
        new Frame.Stat(List.of("half a pair \ud800")),
        new Frame.Ok(-1),
        new Frame.Attributes(new FileAttributes(Kind.FILE, -1, 0, 0644)),
        new Frame.Attributes(new FileAttributes(Kind.FILE, 0, 0, 01000)),
        new Frame.Sum(0, Bytes.of((byte) 1)),
        new Frame.Items(Collections.nCopies(65_536, new Frame.Item(List.of(), file, 0))),
        new Frame.Items(Collections.nCopies(60_000, new Frame.Item(List.of("a"), file, 0))),
        new Frame.Get(Mode.ALL, false, false, sources(1_025)),
        new Frame.Entry(-1, 0, List.of(), file, Bytes.NONE),
        new Frame.Entry(0, 0, List.of(), file, Bytes.of(new byte[33])),
        new Frame.Wants(List.of(new Want(0, Collections.nCopies(65_535, new Range(0, 1))))));
  }

  @ParameterizedTest
  @MethodSource("beyondTheirLimits")
  void whatIsBeyondALimitIsNeverCutShortOnTheWire(Frame frame) {
    assertThatIllegalArgumentException().isThrownBy(() -> FrameCodec.encode(frame));
  }

  @Test
  void aTextForPeopleIsCutBetweenTwoCharacters() throws ProtocolException {
    Frame.Busy busy = new Frame.Busy(false, 5, "报".repeat(400));
    ByteBuffer encoded = FrameCodec.encode(busy).position(FrameHeader.BYTES);
    assertThat(FrameCodec.decode(FrameType.BUSY, encoded))
        .isEqualTo(new Frame.Busy(false, 5, "报".repeat(341)));
  }

  @Test
  void dataIsNoControlFrame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameCodec.decode(FrameType.DATA, ByteBuffer.allocate(0)));
  }

  @Test
  void everyTypeIsFoundByItsCode() {
    for (FrameType type : FrameType.values()) {
      assertThat(FrameType.of(type.code())).isEqualTo(type);
    }
    assertThat(FrameType.of(0)).isNull();
    assertThat(FrameType.of(0x7F)).isNull();
  }

  private static List<SourcePath> sources(int count) {
    return Collections.nCopies(count, new SourcePath(false, List.of("a")));
  }
}

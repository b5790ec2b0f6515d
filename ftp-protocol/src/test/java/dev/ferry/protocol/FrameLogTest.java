package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.FrameLog.Direction;
import dev.ferry.protocol.FrameStream.Seen;
import dev.ferry.protocol.WireVector.Piece;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameLogTest {
  @Test
  void directionAndTypeStandInColumns() {
    assertThat(in(new Frame.Ping())).isEqualTo("<< PING");
    assertThat(in(new Frame.Ok(3))).isEqualTo("<< OK           count=3");
    assertThat(
            FrameLog.line(
                Direction.OUT,
                new Frame.EntryError(
                    7, Frame.Status.SKIPPED, new Reason(ErrorCode.LINK, ""), 0, List.of("a", "l"))))
        .isEqualTo(">> ENTRY-ERROR  entry=7 skipped code=LINK text=\"\" path=/a/l");
  }

  @Test
  void anErrorNamesItsCodeIfItIsKnown() {
    assertThat(in(new Frame.Failure(new Reason(ErrorCode.NOT_FOUND, "no b"), 1)))
        .isEqualTo("<< ERROR        code=NOT-FOUND component=1 text=\"no b\"");
    assertThat(in(new Frame.Failure(new Reason(999, "new"), Frame.Failure.NO_COMPONENT)))
        .isEqualTo("<< ERROR        code=999 text=new");
  }

  @Test
  void aLoginShowsNeitherUserNorProof() {
    Frame login = new Frame.Login(9, "secretuser", Bytes.of((byte) 0x5e, (byte) 0xc2));
    assertThat(in(login)).isEqualTo("<< LOGIN        method=9");
    assertThat(login.toString()).doesNotContain("secretuser").doesNotContain("5ec2");
  }

  @Test
  void contentIsCountedAndNeverShown() {
    Hash128 hash = new Hash128(0xfeed, 0xbeef);
    assertThat(FrameLog.line(Direction.OUT, new DataHeader(3, 262_144, hash, null), 262_144))
        .isEqualTo(">> DATA         entry=3 offset=262144 bytes=262144");
    assertThat(FrameLog.line(Direction.OUT, new DataHeader(3, 0, hash, hash), 5))
        .isEqualTo(">> DATA         entry=3 offset=0 bytes=5 last");
  }

  @Test
  void foreignTextIsEscaped() {
    assertThat(in(new Frame.Stat(List.of("a\nb", "\u202etxt"))))
        .isEqualTo("<< STAT         path=\"/a\\nb/\\u{202e}txt\"");
  }

  @Test
  void aLongLineIsCutBetweenTwoCharacters() {
    for (int length = 70; length < 95; length++) {
      String line = in(new Frame.Stat(List.of("n".repeat(length) + "🚢".repeat(20))));
      assertThat(line).hasSizeBetween(FrameLog.WIDTH - 1, FrameLog.WIDTH).endsWith("🚢…");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.ferry.protocol.VectorsTest#wellFormed")
  void everyFrameHasOnePrintableLine(WireVector vector) throws Exception {
    for (Piece piece : vector.pieces()) {
      for (Seen seen : new FrameStream(Limits.PAYLOAD).feed(piece.bytes().toArray())) {
        if (seen.frame() != null) {
          assertThat(in(seen.frame()))
              .hasSizeLessThanOrEqualTo(FrameLog.WIDTH)
              .matches("<< [A-Z-]{2,11}( {2,11}\\S[^\\p{C}\\p{Zl}\\p{Zp}]*)?");
        }
      }
    }
  }

  private static String in(Frame frame) {
    return FrameLog.line(Direction.IN, frame);
  }
}

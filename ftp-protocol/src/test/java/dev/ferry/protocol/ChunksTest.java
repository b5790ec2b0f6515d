package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunksTest {
  private static final long GIB = 1L << 30;

  @ParameterizedTest
  @CsvSource({"0, 256", "1, 256", "256, 256", "257, 512", "512, 512", "513, 1024", "32768, 32768"})
  void aChunkGrowsWithTheFile(long gib, int kib) {
    assertThat(Chunks.sizeFor(gib * GIB)).isEqualTo(kib << 10);
  }

  @Test
  void oneByteMoreThanAMillionChunksDoublesThem() {
    assertThat(Chunks.sizeFor(256 * GIB + 1)).isEqualTo(512 << 10);
    assertThat(Chunks.count(256 * GIB)).isEqualTo(1 << 20);
    assertThat(Chunks.count(256 * GIB + 1)).isEqualTo((1 << 19) + 1);
  }

  @Test
  void aFileBeyondTheLargestIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Chunks.sizeFor(32_768 * GIB + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Chunks.sizeFor(Long.MAX_VALUE));
  }

  @Test
  void theLastChunkIsShorter() {
    assertThat(Chunks.count(0)).isZero();
    assertThat(Chunks.count(5)).isEqualTo(1);
    assertThat(Chunks.lengthAt(0, 5)).isEqualTo(5);
    assertThat(Chunks.lengthAt(0, 300_000)).isEqualTo(262_144);
    assertThat(Chunks.lengthAt(262_144, 300_000)).isEqualTo(37_856);
  }
}

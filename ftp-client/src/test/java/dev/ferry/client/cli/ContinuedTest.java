package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.protocol.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContinuedTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Output out = new Output(written, () -> true);
  private final Continued content = new Continued(out);

  @Test
  void dropsWhatWasWrittenBefore() throws IOException {
    write("abc");
    write("def");
    content.again();
    write("ab");
    write("cdefgh");
    content.again();
    write("abcdefghi");
    out.flush();
    assertThat(written).hasToString("abcdefghi");
  }

  @Test
  void noticesThatTheContentChangedMeanwhile() throws IOException {
    write("abcdef");
    content.again();
    write("abX");
    assertThatThrownBy(() -> write("defg"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("changed");
    out.flush();
    assertThat(written).hasToString("abcdef");
  }

  private void write(String text) throws IOException {
    content.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.ferry.client.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.client.FileKind;
import dev.ferry.client.cli.Output;
import dev.ferry.client.cli.Progress;
import dev.ferry.client.cli.Stdio;
import dev.ferry.client.cli.Width;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(screen, true, StandardCharsets.UTF_8);
  private long nanos;
  private final int width = 100;
  private final ProgressBar bar = new ProgressBar(terminal, () -> width, () -> nanos);

  @Test
  void redrawsItsLineInPlace() {
    bar.announced("/first", FileKind.FILE, 1000);
    bar.moved(500);
    nanos = 1_000_000_000;
    bar.draw();
    bar.draw();
    assertThat(shown()).startsWith(ProgressBar.ERASE + "[=====>    ] ").doesNotContain("\n");
    assertThat(shown().split("\r", -1)).hasSize(3);
  }

  @Test
  void leavesTheLastColumnFreeSoThatNoTerminalWraps() {
    bar.announced("/a long name".repeat(20), FileKind.FILE, 1000);
    bar.draw();
    assertThat(Width.of(shown().replace(ProgressBar.ERASE, ""))).isEqualTo(width - 1);
  }

  @Test
  void takesItselfAwayBeforeOtherLinesAndAtTheEnd() {
    bar.announced("/first", FileKind.FILE, 1000);
    bar.draw();
    screen.reset();
    bar.interrupt(() -> terminal.print("note\n"));
    assertThat(shown()).isEqualTo(ProgressBar.ERASE + "note\n");
    bar.draw();
    screen.reset();
    bar.finish();
    bar.draw();
    assertThat(shown()).isEqualTo(ProgressBar.ERASE);
  }

  @Test
  void isNeverSeenByAJobThatEndsAtOnce() {
    bar.start("get");
    bar.finish();
    assertThat(shown()).isEmpty();
  }

  @Test
  void drawsByItselfUntilItIsFinished() {
    bar.announced("/first", FileKind.FILE, 1000);
    bar.start("get");
    await().until(() -> shown().split("1000 B", -1).length > 3);
    bar.finish();
    assertThat(shown()).endsWith(ProgressBar.ERASE);
  }

  @Test
  void staysAwayFromWhatIsNoTerminalOrADumbOne() {
    Map<String, String> able = Map.of("TERM", "xterm");
    assertThat(new TerminalProgress(able).create(io(true))).isInstanceOf(ProgressBar.class);
    assertThat(new TerminalProgress(able).create(io(false))).isSameAs(Progress.NONE);
    assertThat(new TerminalProgress(Map.of("TERM", "dumb")).create(io(true)))
        .isSameAs(Progress.NONE);
    assertThat(new TerminalProgress(Map.of()).create(io(true))).isSameAs(Progress.NONE);
  }

  private Stdio io(boolean isTerminal) {
    Stdio.Facts facts = new Stdio.Facts(isTerminal, isTerminal, isTerminal, () -> 80, false);
    return new Stdio(
        InputStream.nullInputStream(),
        new Output(OutputStream.nullOutputStream(), () -> false),
        terminal,
        facts);
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}

package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.link.ConnectionLostException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

  @ParameterizedTest
  @CsvSource({
    "PROTOCOL, PROTOCOL, PROTOCOL",
    "VERSION, PROTOCOL, PROTOCOL",
    "LOGIN_REFUSED, IDENTITY, IDENTITY",
    "TIMEOUT, UNREACHABLE, UNREACHABLE",
    "DRAINING, UNREACHABLE, UNREACHABLE",
    "NO_PERMISSION, REFUSED, LOCAL",
    "NOT_FOUND, REFUSED, LOCAL",
    "EXISTS, REFUSED, REFUSED",
    "NO_SPACE, REFUSED, LOCAL",
    "QUOTA, REFUSED, LOCAL",
    "IO, REFUSED, LOCAL",
    "SOURCE_CHANGED, CONTENT, CONTENT",
    "BAD_HASH, CONTENT, CONTENT",
  })
  void everyReasonHasItsExitCode(ErrorCode code, ExitCode theirs, ExitCode ours) {
    Reason reason = new Reason(code, "why");

    assertThat(Failure.of(reason, false).code()).isEqualTo(theirs);
    assertThat(Failure.of(reason, true).code()).isEqualTo(ours);
    assertThat(Failure.of(new RefusedException(reason)).code()).isEqualTo(theirs);
  }

  @ParameterizedTest
  @EnumSource
  void noReasonIsADefectOfOurs(ErrorCode code) {
    assertThat(Failure.of(new Reason(code, ""), true).code()).isNotIn(ExitCode.OK, ExitCode.DEFECT);
    assertThat(Failure.of(new Reason(code, ""), true).text()).isNotBlank();
  }

  @Test
  void everyExceptionHasItsExitCode() {
    assertThat(code(new UsageException("x"))).isEqualTo(ExitCode.USAGE);
    assertThat(code(new ConnectionLostException("x"))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(code(new ProtocolException("x"))).isEqualTo(ExitCode.PROTOCOL);
    assertThat(code(new NoSuchFileException("x"))).isEqualTo(ExitCode.LOCAL);
    assertThat(code(new AccessDeniedException("x"))).isEqualTo(ExitCode.LOCAL);
    assertThat(code(new IOException("x"))).isEqualTo(ExitCode.LOCAL);
    assertThat(code(new OutputException(new IOException("x"), true)))
        .isEqualTo(ExitCode.PIPE_CLOSED);
    assertThat(code(new OutputException(new IOException("x"), false))).isEqualTo(ExitCode.LOCAL);
    assertThat(code(new IllegalStateException("x"))).isEqualTo(ExitCode.DEFECT);
    assertThat(code(new StackOverflowError())).isEqualTo(ExitCode.DEFECT);
  }

  private static ExitCode code(Throwable thrown) {
    return Failure.of(thrown).code();
  }

  @Test
  void keepsAnUnknownCodeAsANumber() {
    Failure failure = Failure.of(new Reason(999, "news"), false);

    assertThat(failure.wireName()).isEqualTo("999");
    assertThat(failure.retryable()).isFalse();
    assertThat(failure.code()).isEqualTo(ExitCode.REFUSED);
  }

  @Test
  void showsForeignTextAsText() {
    assertThat(Failure.of(new Reason(ErrorCode.IO, "\u001b[2J"), false).text()).isEqualTo("\\e[2J");
    assertThat(Failure.of(new ProtocolException("\u001b[2J")).text()).startsWith("\\e[2J;");
    assertThat(Failure.of(new NoSuchFileException("\u001b[2J")).text()).startsWith("\\e[2J: ");
  }

  @Test
  void aDefectLeavesItsStackTraceInAFile() throws IOException {
    Failure failure = Defect.write(new IllegalStateException("not again\n"));

    assertThat(failure.text())
        .contains("a defect in Ferry itself", "not again\\n")
        .doesNotContain("\n");
    Path file = Path.of(failure.text().replaceFirst(".* with ", ""));
    assertThat(file).content().contains("FailureTest.aDefectLeavesItsStackTraceInAFile");
    Files.delete(file);
  }

  @Test
  void differentCodesMakeAMixture() {
    assertThat(ExitCode.LOCAL.and(ExitCode.LOCAL)).isEqualTo(ExitCode.LOCAL);
    assertThat(ExitCode.LOCAL.and(ExitCode.REFUSED)).isEqualTo(ExitCode.MIXED);
  }
}

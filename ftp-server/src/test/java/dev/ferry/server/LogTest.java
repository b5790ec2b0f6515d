package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Reason;
import dev.ferry.server.audit.AuditLog;
import dev.ferry.transfer.JobSummary;
import dev.ferry.transfer.TransferListener.Ended;
import dev.ferry.transfer.TransferListener.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log: one line an event, whatever peers put into names and messages. */
class LogTest {
  private static final String EVIL = "a\nlevel=error event=faked \"q\" \u001b[31m\u202e=\\";
  private static final Instant NOW = Instant.parse("2026-11-21T10:20:30.456789Z");

  @TempDir Path root;
  private final List<String> lines = new ArrayList<>();
  private final EventLog log = new EventLog(lines::add, InstantSource.fixed(NOW));

  @Test
  void lineIsTimeLevelEventAndValues() {
    log.warn("busy").with("conn", "ab12").with("in", 5).with("user", (String) null).write();
    assertThat(lines)
        .containsExactly("time=2026-11-21T10:20:30.456Z level=warn event=busy conn=ab12 in=5");
  }

  @Test
  void reasonIsCodeAndText() {
    log.info("x").reason(new Reason(ErrorCode.NO_SPACE, "full up")).write();
    log.info("x").reason(new Reason(999, "?")).write();
    log.info("x").reason(null).write();
    assertThat(lines.get(0)).endsWith(" event=x code=NO-SPACE msg=\"full up\"");
    assertThat(lines.get(1)).endsWith(" event=x code=999 msg=?");
    assertThat(lines.get(2)).endsWith(" event=x");
  }

  @Test
  void foreignTextCannotMakeALineOrAValue() {
    log.info("stat").path("path", List.of("x", EVIL)).with("msg", EVIL).write();
    assertThat(lines).singleElement().asString().satisfies(LogTest::isOneLogfmtLine);
  }

  @Test
  void defectSaysWhereItIs() {
    log.defect(new IllegalStateException(EVIL)).write();
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("level=error event=defect code=INTERNAL", "LogTest")
        .satisfies(LogTest::isOneLogfmtLine);
  }

  @Test
  void evilNamesOnTheWireLeaveOneLineForEachRequest() throws IOException {
    ServerFixture fixture = new ServerFixture();
    try (FerryServer server = fixture.on(root).start();
        RawClient client = RawClient.login(server)) {
      client.ask(new Frame.MakeFolder(false, List.of(EVIL)));
      client.ask(new Frame.Stat(List.of(EVIL, "..", EVIL)));
      client.send(new Frame.Failure(new Reason(ErrorCode.INTERNAL, EVIL), 0));
      client.end();
      await().until(() -> !fixture.lines("close").isEmpty());
    }
    assertThat(fixture.log).allSatisfy(LogTest::isOneLogfmtLine);
    assertThat(fixture.lines("mkdir")).hasSize(1);
    assertThat(fixture.lines("stat")).hasSize(1);
    assertThat(fixture.lines("peer-error")).hasSize(1);
    assertThat(fixture.log)
        .extracting(line -> line.replaceFirst("^\\S+ \\S+ event=(\\S+).*", "$1"))
        .containsExactly("start", "login", "mkdir", "stat", "peer-error", "close", "drain", "stop");
  }

  @Test
  void requestsAreNumberedAsTheClientNumbersThem() throws IOException {
    ServerFixture fixture = new ServerFixture();
    try (FerryServer server = fixture.on(root).start();
        RawClient client = RawClient.connect(server)) {
      String session = client.greet().session();
      client.ask(new Frame.Ping());
      client.ask(new Frame.Stat(List.of()));
      client.send(new Frame.Alive());
      client.ask(new Frame.Stat(List.of()));
      assertThat(fixture.lines("stat").get(0)).contains(" id=" + session + ".2 ");
      assertThat(fixture.lines("stat").get(1)).contains(" id=" + session + ".3 ");
    }
  }

  @Test
  void failuresOfAJobAreLinesUpToALimitAndThenACount() {
    JobAudit unaudited = new JobAudit(AuditLog.none(), "get", UnaryOperator.identity());
    JobLog job = new JobLog(log, UnaryOperator.identity(), unaudited);
    FileAttributes file = new FileAttributes(Kind.FILE, 1, 0, 0644);
    Reason reason = new Reason(ErrorCode.IO, EVIL);
    for (int i = 0; i < 1_500; i++) {
      job.ended(new Ended(0, List.of("f" + i), file, 0, Status.FAILED, Side.RECEIVER, reason));
      job.ended(new Ended(0, List.of("g" + i), file, 1, Status.DONE, Side.RECEIVER, null));
    }
    job.finished("put", new JobSummary(1_500, 0, 0, 1_500, 1_500, null));
    assertThat(lines).hasSize(1_001).allSatisfy(LogTest::isOneLogfmtLine);
    assertThat(lines.getFirst()).contains("event=put-failed entry=/f0 code=IO msg=");
    assertThat(lines.getLast())
        .contains("event=put unshown=500 done=1500 unchanged=0 skipped=0 failed=1500 bytes=1500");
  }

  private static void isOneLogfmtLine(String line) {
    assertThat(line)
        .matches(
            "time=\\S+ level=(info|warn|error) event=[a-z-]+("
                + " [a-z]+=([^\\s\"=]+|\"([^\"\\\\]|\\\\.)*\"))*")
        .matches("[^\\p{Cntrl}\u202e]*");
  }
}

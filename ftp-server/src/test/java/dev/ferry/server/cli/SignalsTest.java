package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Durability;
import dev.ferry.protocol.Frame.Overwrite;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Greeting;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process: its ready line, its signals, its exit code. */
class SignalsTest {
  private static final Credential.Exchange ANYBODY = Frame.Login::anonymous;

  private static final Frame.FileAttributes FOLDER =
      new Frame.FileAttributes(Frame.Kind.FOLDER, 0, 0, 0755);

  @TempDir Path root;
  @TempDir Path logs;

  private FerrydProcess serve(String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("serve", "--root", root.toString()));
    args.addAll(List.of("--listen", "127.0.0.1:0", "--plaintext", "--anonymous", "write"));
    args.addAll(List.of("--state", logs.resolve("state").toString()));
    args.addAll(List.of(more));
    return FerrydProcess.start(logs.resolve("err"), args);
  }

  @Test
  void freshServerLetsNobodyInAndSaysWhatToDo() throws Exception {
    List<String> args =
        List.of(
            "serve",
            "--root",
            root.toString(),
            "--listen",
            "127.0.0.1:0",
            "--plaintext",
            "--state",
            logs.resolve("state").toString());
    try (FerrydProcess ferryd = FerrydProcess.start(logs.resolve("err"), args)) {
      Endpoint there = ferryd.awaitReady();
      assertThatThrownBy(() -> login(there).close())
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("lets nobody in without a name");
      assertThat(ferryd.errors())
          .filteredOn(line -> line.contains("nobody can log in yet: ferryd user add NAME"))
          .hasSize(1);
    }
  }

  @Test
  void readyLineIsAllThatStandardOutputShowsAndSigtermEndsWithZero() throws Exception {
    try (FerrydProcess ferryd = serve()) {
      try (Link link = login(ferryd.awaitReady())) {
        link.sendNow(new Frame.Ping());
        assertThat(link.read()).isEqualTo(new Frame.Ok(0));
        ferryd.terminate();
        assertThat(link.read())
            .isInstanceOfSatisfying(
                Frame.Failure.class,
                e -> assertThat(e.reason().known()).isEqualTo(ErrorCode.DRAINING));
      }
      assertThat(ferryd.line()).isNull();
      assertThat(ferryd.exitCode()).isZero();
      assertThat(ferryd.errors())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).startsWith("time="))
          .last()
          .asString()
          .endsWith("event=stop");
    }
  }

  @Test
  void sigtermLetsAnUploadFinish() throws Exception {
    try (FerrydProcess ferryd = serve()) {
      try (Link link = login(ferryd.awaitReady())) {
        openUpload(link);
        ferryd.terminate();
        awaitLine(ferryd, "event=drain");
        link.send(new Frame.Entry(0, 0, List.of("made"), FOLDER, Bytes.NONE));
        link.sendNow(new Frame.JobEnd(1, 0));
        assertThat(link.read()).isInstanceOf(Frame.Results.class);
        assertThat(link.read()).isEqualTo(new Frame.JobDone(1, 0, 0, 0, 0));
      }
      assertThat(ferryd.exitCode()).isZero();
    }
    assertThat(root.resolve("made")).isDirectory();
  }

  @Test
  void secondSigtermCuts() throws Exception {
    try (FerrydProcess ferryd = serve("--drain", "600")) {
      try (Link link = login(ferryd.awaitReady())) {
        openUpload(link);
        ferryd.terminate();
        awaitLine(ferryd, "event=drain");
        ferryd.terminate();
        assertThatThrownBy(link::read)
            .isInstanceOf(ConnectionLostException.class)
            .hasMessageNotContaining("did not answer");
      }
      assertThat(ferryd.exitCode()).isZero();
    }
  }

  private static void openUpload(Link link) throws IOException {
    link.sendNow(
        new Frame.Put(
            false, false, Overwrite.NEVER, Durability.NONE, List.of("made"), List.of("made")));
    assertThat(link.read()).isInstanceOf(Frame.Job.class);
    link.owe(true);
  }

  private static void awaitLine(FerrydProcess ferryd, String words) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ferryd.errors().stream().anyMatch(line -> line.contains(words)));
  }

  private static Link login(Endpoint endpoint) throws IOException {
    Link link = new Link(endpoint.connect(Duration.ofSeconds(10)), "ferryd", LinkTimes.STANDARD);
    link.deadline(Duration.ofSeconds(45), "did not answer");
    Greeting.say(link, "test", ANYBODY);
    link.flush();
    Greeting.hear(link, ANYBODY);
    return link;
  }
}

package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.GetRequest;
import dev.ferry.client.JobListener;
import dev.ferry.client.ListRequest;
import dev.ferry.client.LocalSource;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.Frame.Mode;
import dev.ferry.protocol.Frame.Result;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Frame.Want;
import dev.ferry.protocol.FrameType;
import dev.ferry.protocol.ProtocolException;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client against a server that says what the protocol forbids: it believes none of it. */
class HostileServerTest {
  private static final FileAttributes FILE = new FileAttributes(Kind.FILE, 7, 0, 0644);
  private static final Result DONE = new Result(0, 1, Status.DONE, null);

  @TempDir private Path folder;

  private void put(Script script) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    PutRequest request =
        new PutRequest(
            List.of(new LocalSource("file", file)),
            RemotePath.of(TreePath.of("file")),
            false,
            Scripted.RULES);
    try (ScriptedPeer server = ScriptedPeer.listening(script);
        FerryClient client =
            FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption())) {
      client.put(request, JobListener.NONE);
    }
  }

  private static void list(Frame... answer) throws IOException {
    Script script = Script.begin().greetAsServer().expect(FrameType.LIST).send(answer).untilEnd();
    try (ScriptedPeer server = ScriptedPeer.listening(script);
        FerryClient client =
            FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption())) {
      client.list(new ListRequest(RemotePath.of(TreePath.ROOT), false, false), _ -> {});
    }
  }

  private static Script job() {
    return Script.begin().greetAsServer().expect(FrameType.PUT, FrameType.ENTRY, FrameType.JOB_END);
  }

  @Test
  void saysJobTwice() {
    assertBroken(
        () -> put(job().send(new Frame.Job(Mode.ASK), new Frame.Job(Mode.ASK)).untilEnd()), "7.2");
  }

  @Test
  void answersBeforeItSaidJob() {
    assertBroken(
        () -> put(job().send(new Frame.Wants(List.of(new Want(0, null)))).untilEnd()), "7.2");
  }

  @Test
  void isDoneWithContentThatItNeverWanted() {
    assertBroken(
        () ->
            put(
                job()
                    .send(
                        new Frame.Job(Mode.ASK),
                        new Frame.Results(List.of(DONE)),
                        new Frame.JobDone(1, 0, 0, 0, 0))
                    .untilEnd()),
        "7.5");
  }

  @Test
  void countsItsItemsWrongly() {
    Frame items = new Frame.Items(List.of(new Item(List.of("a"), FILE, 0)));
    assertBroken(() -> list(items, new Frame.ListEnd(2, 0)), "6.1");
    assertBroken(() -> list(items, new Frame.ListEnd(0, 0)), "6.1");
  }

  @Test
  void listsSomethingWithoutAPath() {
    Frame items = new Frame.Items(List.of(new Item(List.of(), FILE, 0)));
    assertBroken(() -> list(items, new Frame.ListEnd(1, 0)), "6.1");
  }

  /** It does not cross the end of the job before: it is the answer. */
  @Test
  void abortsAJobRightBehindAnother() throws IOException {
    Frame.Abort no = new Frame.Abort(new Reason(ErrorCode.NO_PERMISSION, "no"));
    Script script =
        Script.begin()
            .greetAsServer()
            .expect(FrameType.GET)
            .send(no)
            .expect(FrameType.JOB_DONE, FrameType.GET)
            .send(no)
            .expect(FrameType.JOB_DONE);
    GetRequest request =
        new GetRequest(
            List.of(RemotePath.of(TreePath.of("file"))), folder, false, false, Scripted.RULES);
    try (ScriptedPeer server = ScriptedPeer.listening(script);
        FerryClient client =
            FerryClient.connect(server.endpoint(), ClientOptions.withoutEncryption())) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.get(request, JobListener.NONE).aborted()).isEqualTo(no.reason());
      }
      server.finish();
    }
  }

  private interface Attempt {
    void run() throws IOException;
  }

  private static void assertBroken(Attempt attempt, String section) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("spec " + section);
  }
}
